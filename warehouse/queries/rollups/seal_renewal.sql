-- Counts what changed in the order of renewals and lapses.
INSERT INTO "{into}"
SELECT t.day, t.event, t.next_day, sum(t.n)
FROM renewal_of('member_history_fresh') AS t
GROUP BY t.day, t.event, t.next_day
HAVING sum(t.n) <> 0
ORDER BY ALL;
