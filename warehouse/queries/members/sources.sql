-- Through which sources did how many members join in each of some spans, given as lists of equal length?
WITH span AS (
    SELECT unnest(CAST($names AS VARCHAR[])) AS name, unnest(CAST($starts AS DATE[])) AS start_day,
           unnest(CAST($ends AS DATE[])) AS end_day
)
SELECT p.name, coalesce(f.channel, '') AS source, count(*) AS joined
FROM span AS p
JOIN member_step AS s ON s.step = 'joined' AND s.day >= p.start_day AND s.day < p.end_day AND s.day < $until
JOIN member_file AS f ON f.member_id = s.member_id
GROUP BY p.name, coalesce(f.channel, '')
ORDER BY joined DESC, source;
