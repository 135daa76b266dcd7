-- The same from any local day $start on, customer by customer.
WITH span AS (
    SELECT s.member_id, s.tier, s.since < $start AND (s.until IS NULL OR s.until >= $start) AS is_before,
           s.since < $end AND (s.until IS NULL OR s.until >= $end) AS is_after
    FROM tier_span AS s
    WHERE s.rules = (SELECT k.rules FROM tier_rules AS k WHERE k.sha256 = $contract)
      AND s.since < $end AND (s.until IS NULL OR s.until >= $start)
), placed AS (
    -- A customer has one class at a time.
    SELECT coalesce(max(CASE WHEN s.is_before THEN s.tier END), '') AS before_tier,
           coalesce(max(CASE WHEN s.is_after THEN s.tier END), '') AS after_tier
    FROM span AS s
    WHERE s.is_before OR s.is_after
    GROUP BY s.member_id
)
SELECT p.before_tier, p.after_tier, count(*) AS n FROM placed AS p GROUP BY p.before_tier, p.after_tier;
