-- id: csat_mean
-- title: {en: Mean satisfaction, zh: 满意度均值}
-- kind: mean
-- unit: scale
-- direction: higher
-- section: satisfaction
-- clause: {en: Satisfaction of customers, zh: 客户满意度}
-- words:
--   en: The mean of all answers to the satisfaction question in the period, in its own scale (1 to 5).
--   zh: 周期内满意度问题全部有效回答的平均分，按题目自身的量表（1–5 分）计算。
WITH answered AS (
    -- Months that lie whole in the period, and are over, are counted by month, what is left of others by day.
    SELECT m.period, a.tier, a.score, a.n
    FROM period_month AS m
    JOIN measured_month AS a ON a.month = m.month
    WHERE m.sha256 = $contract AND m.is_whole AND m.ends_on <= $as_of AND a.survey = $survey AND a.measures = 'csat'
      AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
    UNION ALL
    SELECT m.period, a.tier, a.score, a.n
    FROM period_month AS m
    JOIN measured_day AS a ON a.month = m.month AND a.day >= m.starts_on AND a.day < m.ends_on
    WHERE m.sha256 = $contract AND NOT (m.is_whole AND m.ends_on <= $as_of) AND a.day < $as_of AND a.survey = $survey
      AND a.measures = 'csat' AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
), segments AS (
    SELECT p.period, '' AS tier FROM contract_period AS p WHERE p.sha256 = $contract AND p.starts_on < $as_of
    UNION ALL
    SELECT DISTINCT d.period, d.tier FROM answered AS d WHERE d.tier IS NOT NULL
), points AS (
    -- Every point of the scale, also those that nobody chose: the scale's ends matter to the interval.
    SELECT DISTINCT unnest(range(k.scale_min, k.scale_max + 1)) AS point
    FROM measured_question AS k
    JOIN survey AS s ON s.survey = $survey AND s.questionnaire = k.questionnaire
    WHERE k.measures = 'csat'
), counted AS (
    SELECT d.period, d.tier, d.score, sum(d.n) AS n FROM answered AS d GROUP BY d.period, d.tier, d.score
)
SELECT s.period, s.tier AS segment, t.point, coalesce(sum(d.n), 0) AS n
FROM segments AS s
CROSS JOIN points AS t
LEFT JOIN counted AS d ON d.period = s.period AND d.score = t.point AND (s.tier = '' OR d.tier = s.tier)
GROUP BY s.period, s.tier, t.point;
