-- By the $grain (quarter or month) of joining: how did the number of members change in each later one, until $until?
WITH first_joined AS (
    SELECT s.member_id, date_trunc($grain, min(s.day)) AS cohort
    FROM member_step AS s
    WHERE s.day < $until
    GROUP BY s.member_id
)
SELECT CAST(f.cohort AS DATE) AS cohort, CAST(date_trunc($grain, s.day) AS DATE) AS span,
       sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) AS change, count(CASE WHEN s.step = 'joined' THEN 1 END) AS begun
FROM member_step AS s
JOIN first_joined AS f ON f.member_id = s.member_id
WHERE s.day < $until
GROUP BY ALL
ORDER BY ALL;
