-- Counts what changed in the order of purchases.
INSERT INTO "{into}"
SELECT t.day, t.previous_day, t.place, sum(t.n)
FROM purchase_of('member_history_fresh') AS t
GROUP BY t.day, t.previous_day, t.place
HAVING sum(t.n) <> 0
ORDER BY ALL;
