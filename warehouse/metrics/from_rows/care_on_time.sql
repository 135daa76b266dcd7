-- What does the metric care_on_time come to, counted from the rows up to a basis and not from the rollups?
SELECT p.period, '' AS segment, count(t.record_id) AS opening, count(CASE WHEN t.given_on <= t.due_on THEN 1 END) AS closing,
       100.0 * count(CASE WHEN t.given_on <= t.due_on THEN 1 END) / nullif(count(t.record_id), 0) AS value
FROM contract_period AS p
LEFT JOIN care_task_until($records_until) AS t
    ON t.due_on >= p.starts_on AND t.due_on < p.ends_on AND (t.due_on < $today OR t.due_on < $as_of AND t.given_on < $as_of)
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
