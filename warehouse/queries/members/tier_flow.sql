-- How many customers of each class before the local day $start are of which class before $end? '' is not there by then.
WITH placed AS MATERIALIZED (
    SELECT t.cut, t.member_id, t.tier
    FROM member_tier_on_each([CAST($start AS DATE), CAST($end AS DATE)], $contract, $known) AS t
)
SELECT coalesce(a.tier, '') AS before_tier, coalesce(z.tier, '') AS after_tier, count(*) AS n
FROM (SELECT s.member_id, s.tier FROM placed AS s WHERE s.cut = $start) AS a
FULL JOIN (SELECT e.member_id, e.tier FROM placed AS e WHERE e.cut = $end) AS z ON z.member_id = a.member_id
GROUP BY ALL;
