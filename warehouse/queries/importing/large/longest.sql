-- Which is the first row whose cell of this column is too long?
SELECT "{row}" AS row_number FROM raw AS r WHERE length("{column}") > $most ORDER BY 1 LIMIT 1;
