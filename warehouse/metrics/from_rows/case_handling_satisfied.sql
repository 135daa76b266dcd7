-- What does the metric case_handling_satisfied come to, counted from the rows up to a basis and not from the rollups?
SELECT p.period, '' AS segment, count(c.handling_score) AS n, count(CASE WHEN c.handling_score >= 4 THEN 1 END) AS successes,
       count(c.record_id) AS asked
FROM contract_period AS p
LEFT JOIN service_case_until($records_until) AS c
    ON c.received_day >= p.starts_on AND c.received_day < p.ends_on AND c.received_day < $as_of
    AND c.resolved_day < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
