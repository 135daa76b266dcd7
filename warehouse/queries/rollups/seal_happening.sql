-- Counts what changed in what happened to members, by day.
INSERT INTO "{into}"
SELECT t.day, t.event, sum(t.n)
FROM member_history_fresh AS t
GROUP BY t.day, t.event
HAVING sum(t.n) <> 0
ORDER BY ALL;
