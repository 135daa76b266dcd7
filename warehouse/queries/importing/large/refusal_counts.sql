-- How many rows are refused, and how many cells beside?
SELECT count(DISTINCT f.spot) FILTER (f.of_row) AS row_count, count(*) FILTER (NOT f.of_row) AS cell_count
FROM refusal AS f;
