-- Counts what changed in who joined, returned and left, by day.
INSERT INTO member_day_sealed
SELECT t.day, t.step, sum(t.n)
FROM member_step_fresh AS t
GROUP BY t.day, t.step
HAVING sum(t.n) <> 0
ORDER BY ALL;
