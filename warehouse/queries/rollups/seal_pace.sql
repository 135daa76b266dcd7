-- Puts how long responses took that are not sealed yet into the rollup by whole second.
INSERT INTO pace_sealed
SELECT f.survey, m.measured, f.version, f.language, CASE m.measured WHEN '' THEN f.wave END AS wave_of_forms,
       CASE m.measured WHEN '' THEN f.is_case END AS is_case_of_forms, f.is_straight,
       CASE m.measured WHEN 'csat' THEN f.is_satisfied END AS in_top_two, CASE m.measured WHEN 'nps' THEN f.nps END AS score, f.whole_seconds, sum(f.n)
FROM fresh_pace AS f
CROSS JOIN (VALUES (''), ('csat'), ('nps')) AS m(measured)
WHERE CASE m.measured WHEN 'csat' THEN f.is_satisfied IS NOT NULL WHEN 'nps' THEN f.nps IS NOT NULL ELSE TRUE END
GROUP BY ALL
HAVING sum(f.n) <> 0
ORDER BY ALL;
