-- Counts what changed in how long forms stayed on their pages.
INSERT INTO page_time_sealed
SELECT t.survey, t.wave, t.version, t.page, t.as_first, t.tenths, sum(t.n)
FROM page_time_tail AS t
GROUP BY ALL
HAVING sum(t.n) <> 0
ORDER BY ALL;
