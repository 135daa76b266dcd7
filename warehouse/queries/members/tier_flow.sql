-- How many customers of each class before the local day $start are of which class before $end? '' is not there by then.
SELECT coalesce(a.tier, '') AS before_tier, coalesce(z.tier, '') AS after_tier, count(*) AS n
FROM (SELECT s.member_id, s.tier FROM member_tier_on(CAST($start AS DATE), $contract, $known) AS s) AS a
FULL JOIN (SELECT e.member_id, e.tier FROM member_tier_on(CAST($end AS DATE), $contract, $known) AS e) AS z
  ON z.member_id = a.member_id
GROUP BY ALL;
