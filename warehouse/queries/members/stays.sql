-- How many first stays lasted so many days, and did they end in leaving before $until? A stay that goes on is watched until
-- then.
SELECT date_diff('day', s.joined_on, CASE WHEN s.left_on < $until THEN s.left_on ELSE CAST($until AS DATE) END) AS days,
       coalesce(s.left_on < $until, FALSE) AS has_left, CAST(sum(s.n) AS BIGINT) AS stays
FROM first_stay AS s
WHERE s.joined_on < $until
GROUP BY ALL
HAVING sum(s.n) <> 0
ORDER BY ALL;
