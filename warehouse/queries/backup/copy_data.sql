-- Copies the rows of every table of one database, as they are in this transaction, to another.
COPY FROM DATABASE "{source}" TO "{target}" (DATA);
