-- id: incidents
-- title: {en: Data security incidents, zh: 数据安全事件数}
-- kind: census
-- census: flow
-- unit: count
-- direction: lower
-- section: safety
-- clause: {en: Personal data and secrecy, zh: 个人信息与保密}
-- words:
--   en: How many incidents were found in the period, of any severity.
--   zh: 周期内发现的数据安全事件数量，不分严重程度。
SELECT p.period, '' AS segment, 0 AS opening, count(i.record_id) AS closing, count(i.record_id) AS value
FROM contract_period AS p
LEFT JOIN security_incident_until($records_until) AS i
    ON i.found_day >= p.starts_on AND i.found_day < p.ends_on AND i.found_day < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
