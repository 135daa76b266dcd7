-- Keeps further ids of stored rows.
INSERT INTO stored SELECT * FROM given;
