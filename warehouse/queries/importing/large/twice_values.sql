-- Which ids stand in several rows, how often beyond the first, in which row first, and in which then?
SELECT t.text AS raw, count(*) AS n, min(t.first_row) AS first_row, min(t.row_number, 3) AS first_rows FROM twice AS t
GROUP BY t.text
ORDER BY n DESC, min(t.row_number) LIMIT $most;
