-- id: standards_passed
-- title: {en: Service checks passed, zh: 服务标准合格率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: service
-- clause: {en: Scope and standard of services, zh: 服务范围与标准}
-- words:
--   en: Of the checks made in the period, the share that passed at once; what was remedied later stays a failed check.
--   zh: 周期内所作检查中一次合格的比例；事后整改的仍计为不合格。
SELECT p.period, '' AS segment, count(c.record_id) AS opening, count(CASE WHEN c.result = 'passed' THEN 1 END) AS closing,
       100.0 * count(CASE WHEN c.result = 'passed' THEN 1 END) / nullif(count(c.record_id), 0) AS value
FROM contract_period AS p
LEFT JOIN service_check_until($records_until) AS c
    ON c.checked_on >= p.starts_on AND c.checked_on < p.ends_on AND c.checked_on < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
