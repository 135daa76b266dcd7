-- Counts what changed in the spans of membership.
INSERT INTO "{into}"
SELECT t.since, t.until, t.later_since, t.later_until, sum(t.n)
FROM member_stay_of('member_step_fresh') AS t
GROUP BY t.since, t.until, t.later_since, t.later_until
HAVING sum(t.n) <> 0
ORDER BY ALL;
