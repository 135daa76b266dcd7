-- Writes the rows of a table of places once more, all of them in order.
INSERT INTO "{table}"
SELECT * FROM "{table}" ORDER BY ALL;
