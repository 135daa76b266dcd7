-- By the $grain (quarter or month) of joining: how did the number of members change in each later one, until $until?
SELECT CAST(date_trunc($grain, c.joined_on) AS DATE) AS cohort, CAST(date_trunc($grain, c.day) AS DATE) AS span,
       CAST(sum(CASE WHEN c.step = 'left' THEN -c.n ELSE c.n END) AS BIGINT) AS change,
       CAST(sum(CASE WHEN c.step = 'joined' THEN c.n ELSE 0 END) AS BIGINT) AS begun
FROM member_cohort AS c
WHERE c.day < $until
GROUP BY ALL
HAVING sum(CASE WHEN c.step = 'joined' THEN c.n END) <> 0 OR sum(CASE WHEN c.step = 'returned' THEN c.n END) <> 0
    OR sum(CASE WHEN c.step = 'left' THEN c.n END) <> 0
ORDER BY ALL;
