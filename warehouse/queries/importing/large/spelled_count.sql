-- How many dates were read by the hour?
SELECT count(*) AS row_count FROM spelled;
