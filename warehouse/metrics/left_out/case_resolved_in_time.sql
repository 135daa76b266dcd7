-- How many cases received in each period wait for the customer and are in the figure neither as in time nor as missed?
SELECT p.period, count(*) AS n
FROM contract_period AS p
JOIN service_now AS c
  ON c.received_day >= p.starts_on AND c.received_day < p.ends_on AND c.received_day < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
  AND c.paused_at <= $instant AND (c.resolved_at IS NULL OR (c.reopened_at IS NOT NULL AND c.resolved_again_at IS NULL))
  AND (c.resolve_by_at IS NULL OR (c.resolve_by_at >= $instant AND coalesce(c.paused_at > c.resolved_at, true)))
GROUP BY p.period;
