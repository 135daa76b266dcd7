-- How many cells of a use are missing, by reason, and how many are refused? The reason is NULL for those refused.
SELECT m.missing, sum(v.n) AS n FROM "{values}" AS v JOIN "{meanings}" AS m ON m.raw = v.raw
WHERE m.missing IS NOT NULL OR m.code IS NOT NULL
GROUP BY m.missing
ORDER BY n DESC, min(v.first_row);
