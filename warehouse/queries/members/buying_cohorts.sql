-- By the $grain (quarter or month) of the first purchase: how many bought in each later one, until $until?
SELECT CAST(date_trunc($grain, c.cohort) AS DATE) AS first_span, CAST(date_trunc($grain, c.day) AS DATE) AS span,
       CAST(sum(c.n) AS BIGINT) AS buyers
FROM buyer_cohort AS c
WHERE c.day < $until AND ($grain = 'month' OR c.opens_quarter)
GROUP BY ALL
HAVING sum(c.n) <> 0
ORDER BY ALL;
