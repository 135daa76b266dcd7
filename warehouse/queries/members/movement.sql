-- How many members joined, returned and left on each local day before $until?
SELECT e.day,
       sum(CASE WHEN e.event = 'joined' THEN 1 ELSE 0 END) AS joined,
       sum(CASE WHEN e.event = 'returned' THEN 1 ELSE 0 END) AS returned,
       sum(CASE WHEN e.event = 'left' THEN 1 ELSE 0 END) AS lost
FROM member_event AS e
WHERE e.event IN ('joined', 'returned', 'left') AND e.day < $until
GROUP BY e.day
ORDER BY e.day;
