-- Keeps the first rows that were read one by one.
CREATE TABLE raw AS SELECT * FROM given;
