-- How long did responses take that are not sealed yet, and which of those that are changed their wave?
CREATE OR REPLACE TEMP TABLE fresh_pace AS
SELECT t.survey, t.whole_seconds, t.version, t.language, t.elapsed, t.is_straight, t.wave, t.is_case, t.is_satisfied, t.nps,
       sum(t.n) AS n
FROM pace_exact_tail AS t
GROUP BY ALL
HAVING sum(t.n) <> 0;
