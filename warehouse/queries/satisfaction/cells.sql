-- How many answered each question that measures something, in each of these spans of days and with each value of the dimensions filtered?
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
SELECT k.measures AS measured, coalesce(s.span, '') AS span_name, count(*) AS n,
       CASE WHEN $tier IS NOT NULL THEN a.tier END AS by_tier,
       CASE WHEN $touchpoint IS NOT NULL THEN a.touchpoint END AS by_touchpoint,
       CASE WHEN $channel IS NOT NULL THEN a.channel END AS by_channel,
       CASE WHEN $language IS NOT NULL THEN a.language END AS by_language
FROM answer AS a
JOIN asked AS k ON k.questionnaire = a.questionnaire AND k.version = a.version AND k.question = a.question
LEFT JOIN span AS s ON a.day >= s.starts_on AND a.day < s.ends_on
WHERE a.survey = $survey AND a.score IS NOT NULL AND a.day < $until
GROUP BY measured, span_name, by_tier, by_touchpoint, by_channel, by_language;
