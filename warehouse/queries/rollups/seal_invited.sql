-- Counts what changed in who was invited and answered.
INSERT INTO invited_sealed
SELECT t.survey, t.first_day, t.tier, t.answered_on, sum(t.n)
FROM invited_tail AS t
GROUP BY t.survey, t.first_day, t.tier, t.answered_on
HAVING sum(t.n) <> 0
ORDER BY ALL;
