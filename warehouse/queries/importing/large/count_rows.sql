-- How many rows were read?
SELECT count(*) AS row_count FROM raw;
