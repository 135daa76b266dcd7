-- The same from any local day $start on, customer by customer.
WITH span AS (
    SELECT s.member_id, s.tier, s.since < $start AND (s.until IS NULL OR s.until >= $start) AS is_before,
           s.since < $end AND (s.until IS NULL OR s.until >= $end) AS is_after
    FROM tier_span AS s
    WHERE s.rules = (SELECT k.rules FROM tier_rules AS k WHERE k.sha256 = $contract)
      AND s.since < $end AND (s.until IS NULL OR s.until >= $start)
), moved AS (
    -- A customer has one class at a time; of those in another span at the end, some are in another class.
    SELECT coalesce(max(CASE WHEN s.is_before THEN s.tier END), '') AS before_tier,
           coalesce(max(CASE WHEN s.is_after THEN s.tier END), '') AS after_tier
    FROM span AS s
    WHERE s.is_before <> s.is_after
    GROUP BY s.member_id
), counted AS (
    SELECT s.tier AS before_tier, s.tier AS after_tier, count(*) AS n FROM span AS s WHERE s.is_before AND s.is_after GROUP BY s.tier
    UNION ALL
    SELECT m.before_tier, m.after_tier, count(*) FROM moved AS m GROUP BY m.before_tier, m.after_tier
)
SELECT c.before_tier, c.after_tier, CAST(sum(c.n) AS BIGINT) AS n FROM counted AS c GROUP BY c.before_tier, c.after_tier;
