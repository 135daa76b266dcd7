-- Makes every table and view of one database, as they are in this transaction, in another.
COPY FROM DATABASE "{source}" TO "{target}" (SCHEMA);
