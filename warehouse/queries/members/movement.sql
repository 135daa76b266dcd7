-- How many members joined, returned and left on each local day before $until?
SELECT e.day,
       sum(CASE WHEN e.step = 'joined' THEN 1 ELSE 0 END) AS joined,
       sum(CASE WHEN e.step = 'returned' THEN 1 ELSE 0 END) AS returned,
       sum(CASE WHEN e.step = 'left' THEN 1 ELSE 0 END) AS lost
FROM member_step AS e
WHERE e.day < $until
GROUP BY e.day
ORDER BY e.day;
