-- id: csat_top2
-- title: {en: Satisfied customers, zh: 客户满意度（前两档占比）}
-- kind: share
-- unit: percent
-- direction: higher
-- section: satisfaction
-- clause: {en: Satisfaction of customers, zh: 客户满意度}
-- words:
--   en: Of all answers to the satisfaction question in the period, the share that chose one of the two best scores
--     (4 or 5 of 5). Questions left blank are not counted.
--   zh: 周期内对满意度问题的全部有效回答中，选择最高两档（5 分制的 4 分或 5 分）的比例。未作答的不计入。
WITH answered AS (
    -- Months that lie whole in the period, and are over, are counted by month, what is left of others by day.
    SELECT m.period, a.tier, a.score, k.scale_max, a.n
    FROM period_month AS m
    JOIN score_month AS a ON a.month = m.month AND a.survey = $survey AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
    JOIN measured_question AS k ON k.questionnaire = a.questionnaire AND k.version = a.version AND k.question = a.question
    WHERE m.sha256 = $contract AND m.is_whole AND m.ends_on <= $as_of AND k.measures = 'csat'
    UNION ALL
    SELECT m.period, a.tier, a.score, k.scale_max, a.n
    FROM period_month AS m
    JOIN score_day AS a ON a.month = m.month AND a.survey = $survey AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
    JOIN measured_question AS k ON k.questionnaire = a.questionnaire AND k.version = a.version AND k.question = a.question
    WHERE m.sha256 = $contract AND NOT (m.is_whole AND m.ends_on <= $as_of) AND k.measures = 'csat'
      AND a.day >= m.starts_on AND a.day < m.ends_on AND a.day < $as_of
), counted AS (
    SELECT d.period, d.tier, sum(d.n) AS answers, sum(CASE WHEN d.score >= d.scale_max - 1 THEN d.n ELSE 0 END) AS satisfied
    FROM answered AS d
    GROUP BY d.period, d.tier
)
SELECT p.period, '' AS segment, coalesce(sum(d.answers), 0) AS n, coalesce(sum(d.satisfied), 0) AS successes
FROM contract_period AS p
LEFT JOIN counted AS d ON d.period = p.period
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period
UNION ALL
SELECT d.period, d.tier, d.answers, d.satisfied
FROM counted AS d
WHERE d.tier IS NOT NULL;
