-- Through which sources did how many members join in each of some spans, given as lists of equal length?
WITH span AS (
    SELECT unnest(CAST($names AS VARCHAR[])) AS name, unnest(CAST($starts AS DATE[])) AS start_day,
           unnest(CAST($ends AS DATE[])) AS end_day
), came AS (
    SELECT coalesce(r.channel, '') AS source, r.day, sum(r.n) AS n
    FROM recruit AS r
    WHERE r.step = 'joined' AND r.day < $until
    GROUP BY ALL
)
SELECT p.name, c.source, CAST(sum(c.n) AS BIGINT) AS joined
FROM span AS p
JOIN came AS c ON c.day >= p.start_day AND c.day < p.end_day
GROUP BY p.name, c.source
HAVING sum(c.n) <> 0
ORDER BY joined DESC, c.source;
