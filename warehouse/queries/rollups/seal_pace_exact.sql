-- Puts how long responses took that are not sealed yet into the rollup by microsecond.
INSERT INTO pace_exact_sealed
SELECT f.survey, f.whole_seconds, f.version, f.language, f.elapsed, f.is_straight, f.wave, f.is_case, f.is_satisfied, f.nps,
       f.n
FROM fresh_pace AS f
ORDER BY ALL;
