-- Keeps the rows that count, with their numbers.
CREATE TABLE chosen AS
SELECT "{row}" AS kept_number, r.* FROM raw AS r WHERE r.rowid >= $heading AND ("{because}") IS NULL;
