-- id: member_won_back
-- title: {en: Members won back, zh: 会员挽回率}
-- kind: census
-- unit: percent
-- direction: higher
-- section: growth
-- clause: {en: Qualification and retention of members, zh: 会员资格与保留}
-- words:
--   en: Of those who had left or lapsed before the period, the share who are members at its end. While the period runs, its
--     end is the day of the figures.
--   zh: 周期初已退会或到期的人中，周期末重新成为会员的比例。周期进行中以数据截止日作为期末。
WITH span AS (
    SELECT p.period, p.starts_on, least(p.ends_on, CAST($as_of AS DATE)) AS ends_on
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), moved AS (
    -- Of all who had joined before the period: who they were, how many were there at its start, and at its end.
    SELECT s.period, coalesce(sum(CASE WHEN c.step = 'joined' THEN c.n END), 0) AS ever,
           coalesce(sum(CASE WHEN c.day >= s.starts_on THEN 0 WHEN c.step = 'left' THEN -c.n ELSE c.n END), 0) AS there_before,
           coalesce(sum(CASE WHEN c.step = 'left' THEN -c.n ELSE c.n END), 0) AS there_after
    FROM span AS s
    LEFT JOIN member_cohort AS c ON c.joined_on < s.starts_on AND c.day < s.ends_on
    GROUP BY s.period
), kept AS (
    -- Members at both ends.
    SELECT s.period, coalesce(sum(m.n), 0) AS stayed
    FROM span AS s
    LEFT JOIN member_stay AS m ON m.since < s.starts_on AND (m.until IS NULL OR m.until >= s.starts_on)
        AND m.later_since < s.ends_on AND (m.later_until IS NULL OR m.later_until >= s.ends_on)
    GROUP BY s.period
), counted AS (
    SELECT m.period, CAST(m.ever - m.there_before AS BIGINT) AS opening, CAST(m.there_after - k.stayed AS BIGINT) AS closing
    FROM moved AS m
    JOIN kept AS k ON k.period = m.period
)
SELECT c.period, '' AS segment, c.opening, c.closing, 100.0 * c.closing / nullif(c.opening, 0) AS value
FROM counted AS c;
