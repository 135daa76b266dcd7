-- Counts what changed in how the cases of fieldwork ended.
INSERT INTO case_sealed
SELECT t.survey, t.wave, t.tier, t.touchpoint, t.stage, t.version, t.furthest, t.is_revoked, t.expires_at, t.day, sum(t.n)
FROM case_tail AS t
GROUP BY ALL
HAVING sum(t.n) <> 0
ORDER BY ALL;
