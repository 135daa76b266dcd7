-- Of the members before the local day $start, by class and channel then and by the year of joining: how many, and how many
-- of them are members before $end?
WITH inside AS (
    SELECT s.member_id, min(s.day) AS joined_on,
           sum(CASE WHEN s.day >= $start THEN 0 WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0 AS before,
           sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0 AS after
    FROM member_step AS s
    WHERE s.day < $end
    GROUP BY s.member_id
), described AS (
    SELECT i.member_id, i.after, coalesce(t.tier, '') AS tier, coalesce(f.channel, '') AS channel,
           CAST(year(i.joined_on) AS VARCHAR) AS cohort
    FROM inside AS i
    LEFT JOIN member_tier_on(CAST($start AS DATE), $contract, $known) AS t ON t.member_id = i.member_id
    LEFT JOIN member_file AS f ON f.member_id = i.member_id
    WHERE i.before
), long AS (
    SELECT d.after, unnest(['', 'tier', 'channel', 'cohort']) AS dimension,
           unnest(['', d.tier, d.channel, d.cohort]) AS group_name
    FROM described AS d
)
SELECT l.dimension, l.group_name, count(*) AS opening, count(CASE WHEN l.after THEN 1 END) AS kept
FROM long AS l
GROUP BY l.dimension, l.group_name
ORDER BY l.dimension, CASE WHEN l.dimension = 'cohort' THEN 0 ELSE count(*) END DESC, l.group_name;
