-- What are the rows of a table of places, all of them in order?
CREATE OR REPLACE TEMP TABLE merged_rollup AS
SELECT * FROM "{table}" ORDER BY ALL;
