-- How many members joined, returned and left on each local day before $until?
SELECT d.day,
       sum(CASE WHEN d.step = 'joined' THEN d.n ELSE 0 END) AS joined,
       sum(CASE WHEN d.step = 'returned' THEN d.n ELSE 0 END) AS returned,
       sum(CASE WHEN d.step = 'left' THEN d.n ELSE 0 END) AS lost
FROM member_day AS d
WHERE d.day < $until
GROUP BY d.day
HAVING sum(d.n) <> 0
ORDER BY d.day;
