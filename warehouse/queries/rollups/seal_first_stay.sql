-- Counts what changed in the first stays of members.
INSERT INTO "{into}"
SELECT t.joined_on, t.left_on, sum(t.n)
FROM first_stay_of('member_step_fresh') AS t
GROUP BY t.joined_on, t.left_on
HAVING sum(t.n) <> 0
ORDER BY ALL;
