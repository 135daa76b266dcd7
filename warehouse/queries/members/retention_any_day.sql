-- The same from any local day $start on, member by member.
WITH span AS (
    SELECT s.member_id, s.tier, s.channel, s.joined_on,
           s.since < $start AND (s.until IS NULL OR s.until >= $start) AS is_before,
           s.since < $end AND (s.until IS NULL OR s.until >= $end) AS is_after
    FROM tier_span AS s
    WHERE s.rules = (SELECT r.rules FROM tier_rules AS r WHERE r.sha256 = $contract) AND s.is_member
      AND s.since < $end AND (s.until IS NULL OR s.until >= $start)
), moved AS (
    -- A member has one class at a time; of those in another span at the end, some are members then too.
    SELECT max(CASE WHEN s.is_before THEN s.tier END) AS tier, max(s.channel) AS channel, max(s.joined_on) AS joined_on,
           bool_or(s.is_after) AS after
    FROM span AS s
    WHERE s.is_before <> s.is_after
    GROUP BY s.member_id
    HAVING bool_or(s.is_before)
), described AS (
    SELECT s.tier, s.channel, CAST(year(s.joined_on) AS VARCHAR) AS cohort, TRUE AS after, count(*) AS n
    FROM span AS s
    WHERE s.is_before AND s.is_after
    GROUP BY s.tier, s.channel, year(s.joined_on)
    UNION ALL
    SELECT m.tier, m.channel, CAST(year(m.joined_on) AS VARCHAR), m.after, count(*)
    FROM moved AS m
    GROUP BY m.tier, m.channel, year(m.joined_on), m.after
), long AS (
    SELECT d.after, unnest(['', 'tier', 'channel', 'cohort']) AS dimension,
           unnest(['', d.tier, d.channel, d.cohort]) AS group_name, d.n
    FROM described AS d
)
SELECT l.dimension, l.group_name, CAST(sum(l.n) AS BIGINT) AS opening, CAST(coalesce(sum(l.n) FILTER (l.after), 0) AS BIGINT) AS kept
FROM long AS l
GROUP BY l.dimension, l.group_name
ORDER BY l.dimension, CASE WHEN l.dimension = 'cohort' THEN 0 ELSE sum(l.n) END DESC, l.group_name;
