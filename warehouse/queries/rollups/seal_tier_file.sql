-- Counts what changed in the files of the members of each class, by day.
INSERT INTO "{into}"
SELECT t.rules, t.tier, t.day, t.fact, sum(t.n)
FROM tier_file_of('tier_span_fresh', 'tier_version_fresh') AS t
GROUP BY t.rules, t.tier, t.day, t.fact
HAVING sum(t.n) <> 0
ORDER BY ALL;
