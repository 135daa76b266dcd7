-- How many rows have the id of an earlier one?
SELECT count(*) AS row_count FROM twice;
