-- Counts what changed in who joined, returned and left, by when they first joined.
INSERT INTO "{into}"
SELECT t.joined_on, t.day, t.step, sum(t.n)
FROM member_cohort_of('member_step_fresh') AS t
GROUP BY t.joined_on, t.day, t.step
HAVING sum(t.n) <> 0
ORDER BY ALL;
