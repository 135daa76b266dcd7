-- id: nps
-- title: {en: Net Promoter Score (NPS), zh: 净推荐值 (NPS)}
-- kind: nps
-- unit: points
-- direction: higher
-- section: satisfaction
-- clause: {en: Recommendation by customers, zh: 客户推荐意愿}
-- words:
--   en: Of all answers to the 0-10 recommendation question in the period, the share of 9 and 10 (promoters) less the
--     share of 0 to 6 (detractors), in points from -100 to 100.
--   zh: 周期内对 0–10 分推荐问题的全部有效回答中，9–10 分（推荐者）的占比减去 0–6 分（贬损者）的占比，以点表示，范围为 -100 至 100。
WITH answered AS (
    -- Months that lie whole in the period, and are over, are counted by month, what is left of others by day.
    SELECT m.period, a.tier, a.score, a.n
    FROM period_month AS m
    JOIN measured_month AS a ON a.month = m.month
    WHERE m.sha256 = $contract AND m.is_whole AND m.ends_on <= $as_of AND a.survey = $survey AND a.measures = 'nps'
      AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
    UNION ALL
    SELECT m.period, a.tier, a.score, a.n
    FROM period_month AS m
    JOIN measured_day AS a ON a.month = m.month AND a.day >= m.starts_on AND a.day < m.ends_on
    WHERE m.sha256 = $contract AND NOT (m.is_whole AND m.ends_on <= $as_of) AND a.day < $as_of AND a.survey = $survey
      AND a.measures = 'nps' AND ($touchpoint IS NULL OR a.touchpoint = $touchpoint)
), counted AS (
    SELECT d.period, d.tier, sum(d.n) AS answers,
           sum(CASE WHEN d.score <= 6 THEN d.n ELSE 0 END) AS said_low,
           sum(CASE WHEN d.score IN (7, 8) THEN d.n ELSE 0 END) AS said_middle,
           sum(CASE WHEN d.score >= 9 THEN d.n ELSE 0 END) AS said_high
    FROM answered AS d
    GROUP BY d.period, d.tier
)
SELECT p.period, '' AS segment, coalesce(sum(d.answers), 0) AS n, coalesce(sum(d.said_low), 0) AS detractors,
       coalesce(sum(d.said_middle), 0) AS passives, coalesce(sum(d.said_high), 0) AS promoters
FROM contract_period AS p
LEFT JOIN counted AS d ON d.period = p.period
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period
UNION ALL
SELECT d.period, d.tier, d.answers, d.said_low, d.said_middle, d.said_high
FROM counted AS d
WHERE d.tier IS NOT NULL;
