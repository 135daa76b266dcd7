-- Counts what changed in who bought in which month, by the month of the first purchase.
INSERT INTO "{into}"
SELECT t.cohort, t.day, t.opens_quarter, sum(t.n)
FROM buyer_cohort_of('member_history_fresh') AS t
GROUP BY t.cohort, t.day, t.opens_quarter
HAVING sum(t.n) <> 0
ORDER BY ALL;
