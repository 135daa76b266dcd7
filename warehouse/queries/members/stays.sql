-- How many first stays lasted so many days, and did they end in leaving before $until? A stay that goes on is watched until
-- then.
WITH stay AS (
    SELECT s.member_id, min(s.day) AS joined_on, min(s.day) FILTER (s.step = 'left') AS left_on
    FROM member_step AS s
    WHERE s.day < $until
    GROUP BY s.member_id
)
SELECT date_diff('day', y.joined_on, coalesce(y.left_on, CAST($until AS DATE))) AS days, y.left_on IS NOT NULL AS has_left,
       count(*) AS n
FROM stay AS y
GROUP BY ALL
ORDER BY ALL;
