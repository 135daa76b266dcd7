-- Counts what changed in who joined, returned and left, by day.
INSERT INTO "{into}"
SELECT t.day, t.step, sum(t.n)
FROM member_step_fresh AS t
GROUP BY t.day, t.step
HAVING sum(t.n) <> 0
ORDER BY ALL;
