-- What does the metric ces_mean come to, counted from the rows up to a basis and not from the rollups?
WITH asked AS (
    -- Should a questionnaire measure it twice, the first question counts: nobody counts twice.
    SELECT q.questionnaire, q.version, q.question, q.scale_min, q.scale_max
    FROM question AS q
    WHERE q.measures = 'ces' AND NOT EXISTS (
        SELECT 1 FROM question AS e
        WHERE e.questionnaire = q.questionnaire AND e.version = q.version
          AND e.measures = q.measures AND e.position < q.position)
), answered AS (
    SELECT p.period, a.tier, a.score
    FROM contract_period AS p
    JOIN answer AS a ON a.survey = $survey AND a.day >= p.starts_on AND a.day < p.ends_on AND a.day < $as_of
        AND a.ingest_seq <= $last_seq
    JOIN asked AS k ON k.questionnaire = a.questionnaire AND k.version = a.version AND k.question = a.question
    WHERE p.sha256 = $contract AND a.score IS NOT NULL AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
), segments AS (
    SELECT p.period, '' AS tier FROM contract_period AS p WHERE p.sha256 = $contract AND p.starts_on < $as_of
    UNION ALL
    SELECT DISTINCT d.period, d.tier FROM answered AS d WHERE d.tier IS NOT NULL
), points AS (
    -- Every point of the scale, also those that nobody chose: the scale's ends matter to the interval.
    SELECT DISTINCT unnest(range(k.scale_min, k.scale_max + 1)) AS point
    FROM asked AS k
    JOIN survey AS s ON s.survey = $survey AND s.questionnaire = k.questionnaire
)
SELECT s.period, s.tier AS segment, t.point, count(d.score) AS n
FROM segments AS s
CROSS JOIN points AS t
LEFT JOIN answered AS d ON d.period = s.period AND d.score = t.point AND (s.tier = '' OR d.tier = s.tier)
GROUP BY s.period, s.tier, t.point;
