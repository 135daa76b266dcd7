-- id: member_growth
-- title: {en: Member growth, zh: 会员增长率}
-- kind: census
-- unit: percent
-- direction: higher
-- section: growth
-- clause: {en: Retention and growth of members, zh: 会员的维系与增长}
-- words:
--   en: Members at the end of the period less members at its start, as a share of those at its start. A member counts
--     from joining or returning until leaving. While the period runs, its end is the day of the figures.
--   zh: 周期末会员数减去周期初会员数，再除以周期初会员数。会员自入会或回归起计入，至退会为止。周期进行中以数据截止日作为期末。
WITH span AS (
    -- From the start of the period to its end or, while it runs, to the day of the figures.
    SELECT p.period, p.starts_on, least(p.ends_on, CAST($as_of AS DATE)) AS ends_on
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), balance AS (
    SELECT s.period,
           coalesce(sum(CASE WHEN d.day < s.starts_on THEN CASE d.step WHEN 'left' THEN -d.n ELSE d.n END END), 0) AS opening,
           coalesce(sum(CASE d.step WHEN 'left' THEN -d.n ELSE d.n END), 0) AS closing
    FROM span AS s
    LEFT JOIN member_day AS d ON d.day < s.ends_on
    GROUP BY s.period
)
SELECT b.period, '' AS segment, b.opening, b.closing,
       CASE WHEN b.opening > 0 THEN 100.0 * (b.closing - b.opening) / b.opening END AS value
FROM balance AS b;
