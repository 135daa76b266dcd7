-- id: member_retention
-- title: {en: Members retained, zh: 会员保留率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: growth
-- clause: {en: Retention and growth of members, zh: 会员的维系与增长}
-- words:
--   en: Of the members at the start of the period, the share who are members at its end. Whoever left and returned in
--     between is retained; whoever joined in between is not counted. While the period runs, its end is the day of the
--     figures.
--   zh: 周期初的会员中，周期末仍为会员的比例。期间退会后又回归的计为保留；期间新入会的不计入。周期进行中以数据截止日作为期末。
WITH span AS (
    -- From the start of the period to its end or, while it runs, to the day of the figures.
    SELECT p.period, p.starts_on, least(p.ends_on, CAST($as_of AS DATE)) AS ends_on
    FROM contract_period AS p
    WHERE p.sha256 = $contract AND p.starts_on < $as_of
), balance AS (
    -- Members at the start were so after some day before it and until no day before it; those retained at the end too.
    SELECT s.period,
           coalesce(sum(CASE WHEN m.later_since = m.since THEN m.n END), 0) AS opening,
           coalesce(sum(CASE WHEN m.later_since < s.ends_on AND (m.later_until IS NULL OR m.later_until >= s.ends_on) THEN m.n END),
                    0) AS stayed
    FROM span AS s
    LEFT JOIN member_stay AS m ON m.since < s.starts_on AND (m.until IS NULL OR m.until >= s.starts_on)
    GROUP BY s.period
)
SELECT b.period, '' AS segment, b.opening, b.stayed AS closing,
       CASE WHEN b.opening > 0 THEN 100.0 * b.stayed / b.opening END AS value
FROM balance AS b;
