-- id: case_resolved_in_time
-- title: {en: Cases resolved in time, zh: 个案及时办结率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: service
-- clause: {en: Problems solved in time, zh: 及时解决问题}
-- left_out: {en: "{n} waiting for the customer, not counted yet", zh: "{n} 件正在等待客户，暂不计入"}
-- words:
--   en: Of the cases received in the period, the share resolved for good within the limit of their severity; a reopened
--     case counts from when it was resolved again. Working time in which it waited for the customer, or was resolved until
--     it came back, is not counted. Open cases past their limit count as missed; those not yet due or waiting are left out.
--   zh: 周期内受理的个案中，在其严重程度对应时限内最终办结的比例；重新受理的以再次办结为准。等待客户的时间以及办结后至重新受理之间的时间不计入。已逾期仍未办结的计为未及时，尚未到期或正在等待客户的暂不计入。
WITH cases AS (
    -- When each was over for good: a case that came back is open until it is resolved again.
    SELECT c.received_day, c.resolve_by_at,
           CASE WHEN c.reopened_day < $as_of THEN c.resolved_again_at ELSE c.resolved_at END AS over_at,
           CASE WHEN c.reopened_day < $as_of THEN c.resolved_again_day ELSE c.resolved_day END AS over_day
    FROM service_now AS c
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
