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
), cohort AS MATERIALIZED (
    SELECT c.joined_on, c.day, c.step, c.n FROM member_cohort AS c
), by_day AS (
    SELECT c.day, sum(CASE WHEN c.step = 'joined' THEN c.n ELSE 0 END) AS joined, sum(CASE WHEN c.step = 'left' THEN -c.n ELSE c.n END) AS change
    FROM cohort AS c
    GROUP BY c.day
), at_start AS (
    -- Who had joined before the period and was no member at its start.
    SELECT s.period, coalesce(sum(d.joined - d.change), 0) AS opening
    FROM span AS s
    LEFT JOIN by_day AS d ON d.day < s.starts_on
    GROUP BY s.period
), inside AS (
    -- Looked up by its day, what happened meets its own period alone, not each of all.
    SELECT s.period, s.starts_on, s.ends_on, CAST(unnest(generate_series(s.starts_on, s.ends_on - 1, INTERVAL 1 DAY)) AS DATE) AS day
    FROM span AS s
), changed AS (
    -- By how many more, or fewer, of all who had joined before it are members at its end than at its start.
    SELECT i.period, sum(CASE WHEN c.step = 'left' THEN -c.n ELSE c.n END) AS number
    FROM cohort AS c
    JOIN inside AS i ON i.day = c.day AND c.joined_on < i.starts_on
    GROUP BY i.period
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
    SELECT a.period, CAST(a.opening AS BIGINT) AS opening, CAST(coalesce(c.number, 0) + coalesce(l.number, 0) AS BIGINT) AS closing
    FROM at_start AS a
    LEFT JOIN changed AS c ON c.period = a.period
    LEFT JOIN lost AS l ON l.period = a.period
)
SELECT c.period, '' AS segment, c.opening, c.closing, 100.0 * c.closing / nullif(c.opening, 0) AS value
FROM counted AS c;
