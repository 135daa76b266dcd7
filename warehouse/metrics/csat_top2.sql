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
    SELECT m.period, a.tier, a.score, a.in_top_two, a.n
    FROM period_month AS m
    JOIN measured_month AS a ON a.month = m.month
    WHERE m.sha256 = $contract AND m.is_whole AND m.ends_on <= $as_of AND a.survey = $survey AND a.measures = 'csat'
      AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
    UNION ALL
    SELECT m.period, a.tier, a.score, a.in_top_two, a.n
    FROM period_month AS m
    JOIN measured_day AS a ON a.month = m.month AND a.day >= m.starts_on AND a.day < m.ends_on
    WHERE m.sha256 = $contract AND NOT (m.is_whole AND m.ends_on <= $as_of) AND a.day < $as_of AND a.survey = $survey
      AND a.measures = 'csat' AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
), counted AS (
    SELECT d.period, d.tier, sum(d.n) AS answers, sum(CASE WHEN d.in_top_two THEN d.n ELSE 0 END) AS satisfied
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
