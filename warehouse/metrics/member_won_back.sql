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
), inside AS (
    -- Looked up by its day, a stay meets its own period alone, not each of all.
    SELECT s.period, s.starts_on, s.ends_on, CAST(unnest(generate_series(s.starts_on, s.ends_on - 1, INTERVAL 1 DAY)) AS DATE) AS day
    FROM span AS s
), lost AS (
    -- Members at the start whose stay ended within the period, but for those of them who were back at its end.
    SELECT i.period,
           sum(CASE
                   WHEN m.later_since = m.since THEN m.n
                   WHEN m.later_since < i.ends_on AND (m.later_until IS NULL OR m.later_until >= i.ends_on) THEN -m.n
               END) AS number
    FROM member_stay AS m
    JOIN inside AS i ON i.day = m.until AND m.since < i.starts_on
    GROUP BY i.period
), counted AS (
    SELECT m.period, CAST(m.ever - m.there_before AS BIGINT) AS opening, CAST(m.there_after - m.there_before + coalesce(l.number, 0) AS BIGINT) AS closing
    FROM moved AS m
    LEFT JOIN lost AS l ON l.period = m.period
)
SELECT c.period, '' AS segment, c.opening, c.closing, 100.0 * c.closing / nullif(c.opening, 0) AS value
FROM counted AS c;
