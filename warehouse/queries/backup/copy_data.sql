-- Copies the rows of every table of the warehouse, as they are in this transaction, to the copy.
COPY FROM DATABASE "{source}" TO pactboard_copy (DATA);
