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
), stay AS MATERIALIZED (
    -- Once for all three below: what is not sealed yet is worked out for each look at it.
    SELECT m.since, m.until, m.later_since, m.later_until, m.n FROM member_stay AS m
), change AS (
    SELECT s.since AS day, sum(s.n) AS n FROM stay AS s WHERE s.later_since = s.since GROUP BY s.since
    UNION ALL
    SELECT s.until, -sum(s.n) FROM stay AS s WHERE s.later_since = s.since AND s.until IS NOT NULL GROUP BY s.until
), at_start AS (
    -- Members at the start became so on some day before it and ceased to be on no day before it.
    SELECT p.period, coalesce(sum(c.n), 0) AS opening
    FROM span AS p
    LEFT JOIN change AS c ON c.day < p.starts_on
    GROUP BY p.period
), inside AS (
    -- Looked up by its day, a stay meets its own period alone, not each of all.
    SELECT p.period, p.starts_on, p.ends_on, CAST(unnest(generate_series(p.starts_on, p.ends_on - 1, INTERVAL 1 DAY)) AS DATE) AS day
    FROM span AS p
), lost AS (
    -- Those whose stay at the start ended within the period, but for those of them who were back at its end.
    SELECT i.period,
           sum(CASE
                   WHEN s.later_since = s.since THEN s.n
                   WHEN s.later_since < i.ends_on AND (s.later_until IS NULL OR s.later_until >= i.ends_on) THEN -s.n
               END) AS number
    FROM stay AS s
    JOIN inside AS i ON i.day = s.until AND s.since < i.starts_on
    GROUP BY i.period
), balance AS (
    SELECT a.period, a.opening, coalesce(l.number, 0) AS lost
    FROM at_start AS a
    LEFT JOIN lost AS l ON l.period = a.period
)
SELECT b.period, '' AS segment, b.opening, b.opening - b.lost AS closing,
       CASE WHEN b.opening > 0 THEN 100.0 * (b.opening - b.lost) / b.opening END AS value
FROM balance AS b;
