-- What does the metric nps come to, counted from the rows up to a basis and not from the rollups?
WITH asked AS (
    -- Should a questionnaire measure it twice, the first question counts: nobody counts twice.
    SELECT q.questionnaire, q.version, q.question
    FROM question AS q
    WHERE q.measures = 'nps' AND NOT EXISTS (
        SELECT 1 FROM question AS e
        WHERE e.questionnaire = q.questionnaire AND e.version = q.version
          AND e.measures = q.measures AND e.position < q.position)
), answered AS (
    SELECT p.period, a.tier,
           CASE WHEN a.score <= 6 THEN 1 ELSE 0 END AS detractor,
           CASE WHEN a.score IN (7, 8) THEN 1 ELSE 0 END AS passive,
           CASE WHEN a.score >= 9 THEN 1 ELSE 0 END AS promoter
    FROM contract_period AS p
    JOIN answer AS a ON a.survey = $survey AND a.day >= p.starts_on AND a.day < p.ends_on AND a.day < $as_of
        AND a.ingest_seq <= $last_seq
    JOIN asked AS k ON k.questionnaire = a.questionnaire AND k.version = a.version AND k.question = a.question
    WHERE p.sha256 = $contract AND a.score IS NOT NULL AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
)
SELECT p.period, '' AS segment, count(d.promoter) AS n, coalesce(sum(d.detractor), 0) AS detractors,
       coalesce(sum(d.passive), 0) AS passives, coalesce(sum(d.promoter), 0) AS promoters
FROM contract_period AS p
LEFT JOIN answered AS d ON d.period = p.period
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period
UNION ALL
SELECT d.period, d.tier, count(d.promoter), sum(d.detractor), sum(d.passive), sum(d.promoter)
FROM answered AS d
WHERE d.tier IS NOT NULL
GROUP BY d.period, d.tier;
