-- How often was each score given to the questions that measure something, in each of these spans of days?
WITH span AS (
    SELECT unnest(CAST($names AS VARCHAR[])) AS span,
           unnest(CAST($starts AS DATE[])) AS starts_on,
           unnest(CAST($ends AS DATE[])) AS ends_on
), asked AS (
    -- Should a questionnaire measure it twice, the first question counts: nobody counts twice.
    SELECT q.questionnaire, q.version, q.question, q.measures
    FROM question AS q
    WHERE q.measures <> 'none' AND NOT EXISTS (
        SELECT 1 FROM question AS e
        WHERE e.questionnaire = q.questionnaire AND e.version = q.version
          AND e.measures = q.measures AND e.position < q.position)
)
SELECT s.span, k.measures, a.score, count(*) AS n,
       sum(CASE WHEN a.score >= a.scale_max - 1 THEN 1 ELSE 0 END) AS in_top_two
FROM span AS s
JOIN answer AS a ON a.day >= s.starts_on AND a.day < s.ends_on
JOIN asked AS k ON k.questionnaire = a.questionnaire AND k.version = a.version AND k.question = a.question
WHERE a.survey = $survey AND a.score IS NOT NULL AND a.day < $until
  AND ($tier IS NULL OR a.tier = $tier)
  AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
  AND ($channel IS NULL OR a.channel = $channel)
  AND ($language IS NULL OR a.language = $language)
  AND ($start IS NULL OR a.day >= CAST($start AS DATE))
  AND ($end IS NULL OR a.day < CAST($end AS DATE))
GROUP BY s.span, k.measures, a.score;
