-- Counts the care of the part, and no longer what it stands for. Before the newest rows change.
INSERT INTO care_day_sealed
SELECT c.due_on, c.occasion, c.given_on, sum(c.n)
FROM (
    SELECT n.due_on, n.occasion, n.given_on, 1 AS n FROM care_now_at('record_fresh_part') AS n
    UNION ALL
    SELECT s.due_on, s.occasion, s.given_on, -1
    FROM care_now_sealed AS s
    WHERE s.place IN (SELECT g.place FROM record_gone_part AS g)
) AS c
GROUP BY ALL
HAVING sum(c.n) <> 0
ORDER BY ALL;
