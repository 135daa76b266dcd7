-- Counts what changed in the days on which members answered.
INSERT INTO visit_sealed
SELECT t.survey, t.day, t.previous_day, sum(t.n)
FROM visit_tail AS t
GROUP BY t.survey, t.day, t.previous_day
HAVING sum(t.n) <> 0
ORDER BY ALL;
