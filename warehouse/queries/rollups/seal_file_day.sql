-- Counts what changed in the files of members, by day.
INSERT INTO "{into}"
SELECT t.day, t.fact, sum(t.n)
FROM file_day_of('member_step_fresh', 'file_version_fresh') AS t
GROUP BY t.day, t.fact
HAVING sum(t.n) <> 0
ORDER BY ALL;
