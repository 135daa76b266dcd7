-- How many rows do not count, by the first column whose cell says so?
SELECT c.because[1] AS place, c.because[2] AS said, count(*) AS n
FROM (SELECT "{because}" AS because, "{row}" AS row_number FROM raw AS r WHERE r.rowid >= $heading) AS c
WHERE c.because IS NOT NULL
GROUP BY ALL
ORDER BY n DESC, min(c.row_number);
