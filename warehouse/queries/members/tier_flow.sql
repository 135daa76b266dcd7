-- How many customers of each class before $start, the first of a month, are of which class before the local day $end? '' is
-- not there by then.
SELECT f.before_tier, f.after_tier, CAST(sum(f.n) AS BIGINT) AS n
FROM tier_flow AS f
WHERE f.rules = (SELECT k.rules FROM tier_rules AS k WHERE k.sha256 = $contract) AND f.anchor <= $start AND f.day < $end
GROUP BY f.before_tier, f.after_tier
HAVING sum(f.n) <> 0;
