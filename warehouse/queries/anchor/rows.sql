-- How many rows has the table?
SELECT count(*) AS row_count FROM "{database}".main."{table}" AS t;
