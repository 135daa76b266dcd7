-- The same from any local day $start on, member by member.
WITH span AS (
    SELECT s.member_id, s.tier, s.channel, s.joined_on,
           s.since < $start AND (s.until IS NULL OR s.until >= $start) AS is_before,
           s.since < $end AND (s.until IS NULL OR s.until >= $end) AS is_after
    FROM tier_span AS s
    WHERE s.rules = (SELECT r.rules FROM tier_rules AS r WHERE r.sha256 = $contract) AND s.is_member
      AND s.since < $end AND (s.until IS NULL OR s.until >= $start)
), described AS (
    SELECT max(CASE WHEN s.is_before THEN s.tier END) AS tier, max(s.channel) AS channel,
           CAST(year(max(s.joined_on)) AS VARCHAR) AS cohort, bool_or(s.is_after) AS after
    FROM span AS s
    WHERE s.is_before OR s.is_after
    GROUP BY s.member_id
    HAVING bool_or(s.is_before)
), long AS (
    SELECT d.after, unnest(['', 'tier', 'channel', 'cohort']) AS dimension,
           unnest(['', d.tier, d.channel, d.cohort]) AS group_name
    FROM described AS d
)
SELECT l.dimension, l.group_name, count(*) AS opening, count(CASE WHEN l.after THEN 1 END) AS kept
FROM long AS l
GROUP BY l.dimension, l.group_name
ORDER BY l.dimension, CASE WHEN l.dimension = 'cohort' THEN 0 ELSE count(*) END DESC, l.group_name;
