-- How many rows are gathered?
SELECT count(*) AS row_count FROM "{table}";
