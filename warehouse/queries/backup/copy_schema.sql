-- Makes every table and view of the warehouse, as they are in this transaction, in the copy.
COPY FROM DATABASE "{source}" TO pactboard_copy (SCHEMA);
