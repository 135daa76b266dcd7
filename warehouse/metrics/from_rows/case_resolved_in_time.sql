-- What does the metric case_resolved_in_time come to, counted from the rows up to a basis and not from the rollups?
WITH cases AS (
    -- When each was over for good: a case that came back is open until it is resolved again.
    SELECT c.received_day, c.resolve_by_at,
           CASE WHEN c.reopened_day < $as_of THEN c.resolved_again_at ELSE c.resolved_at END AS over_at,
           CASE WHEN c.reopened_day < $as_of THEN c.resolved_again_day ELSE c.resolved_day END AS over_day
    FROM service_case_until($records_until) AS c
), due AS (
    SELECT p.period, CASE WHEN k.over_day < $as_of AND k.over_at <= k.resolve_by_at THEN 1 END AS in_time
    FROM contract_period AS p
    JOIN cases AS k ON k.received_day >= p.starts_on AND k.received_day < p.ends_on AND k.received_day < $as_of
        AND k.resolve_by_at IS NOT NULL AND (k.over_day < $as_of OR k.resolve_by_at < $instant)
    WHERE p.sha256 = $contract
)
SELECT p.period, '' AS segment, count(d.period) AS opening, count(d.in_time) AS closing,
       100.0 * count(d.in_time) / nullif(count(d.period), 0) AS value
FROM contract_period AS p
LEFT JOIN due AS d ON d.period = p.period
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
