-- Keeps further rows that were read one by one.
INSERT INTO raw SELECT * FROM given;
