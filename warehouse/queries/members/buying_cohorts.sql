-- By the $grain (quarter or month) of the first purchase: how many bought in each later one, until $until?
WITH first_bought AS (
    SELECT h.member_id, date_trunc($grain, min(h.day)) AS cohort
    FROM member_history AS h
    WHERE h.event = 'purchase' AND h.day < $until
    GROUP BY h.member_id
)
SELECT CAST(f.cohort AS DATE) AS cohort, CAST(date_trunc($grain, h.day) AS DATE) AS span,
       count(DISTINCT h.member_id) AS buyers
FROM member_history AS h
JOIN first_bought AS f ON f.member_id = h.member_id
WHERE h.event = 'purchase' AND h.day < $until
GROUP BY ALL
ORDER BY ALL;
