-- What does the metric case_reopened come to, counted from the rows up to a basis and not from the rollups?
SELECT p.period, '' AS segment, count(c.record_id) AS opening,
       count(CASE WHEN c.reopened_day < $as_of THEN 1 END) AS closing,
       100.0 * count(CASE WHEN c.reopened_day < $as_of THEN 1 END) / nullif(count(c.record_id), 0) AS value
FROM contract_period AS p
LEFT JOIN service_case_until($records_until) AS c
    ON c.received_day >= p.starts_on AND c.received_day < p.ends_on AND c.resolved_day < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
