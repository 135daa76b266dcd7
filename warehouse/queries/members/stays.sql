-- How many first stays lasted so many calendar months and days more, from the day of joining to the last day as a member, and did
-- they end in leaving before $until? A stay that goes on is watched until the day before it. Whoever joins on the 31st has been there
-- a month on the last day of a month without one.
SELECT y.months, date_diff('day', CAST(y.joined_on + to_months(CAST(y.months AS INTEGER)) AS DATE), y.last_on) AS days,
       y.has_left, CAST(sum(y.n) AS BIGINT) AS stays
FROM (
    SELECT e.joined_on, e.last_on, e.has_left, e.n, datesub('month', e.joined_on, e.last_on) AS months
    FROM (
        SELECT s.joined_on, s.n, coalesce(s.left_on < $until, FALSE) AS has_left,
               greatest(s.joined_on, CASE WHEN s.left_on < $until THEN s.left_on ELSE CAST($until AS DATE) END - 1) AS last_on
        FROM first_stay AS s
        WHERE s.joined_on < $until
    ) AS e
) AS y
GROUP BY ALL
HAVING sum(y.n) <> 0
ORDER BY ALL;
