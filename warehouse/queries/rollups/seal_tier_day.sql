-- Counts what changed in the number of members of each class.
INSERT INTO "{into}"
SELECT d.rules, d.day, d.tier, sum(d.n)
FROM tier_day_of('tier_span_fresh') AS d
WHERE d.day IS NOT NULL
GROUP BY d.rules, d.day, d.tier
HAVING sum(d.n) <> 0
ORDER BY ALL;
