-- id: days_since_incident
-- title: {en: Days since the last incident, zh: 距上次事件天数}
-- kind: census
-- census: level
-- unit: days
-- direction: higher
-- section: safety
-- clause: {en: Personal data and secrecy, zh: 个人信息与保密}
-- words:
--   en: Days from the last incident found by the end of the period until that end; while it runs, until the day of the
--     figures. Without any incident ever there is no figure.
--   zh: 截至周期末，距最近一次发现数据安全事件的天数；周期进行中以数据截止日为准。从未发生事件的，无数值。
SELECT p.period, '' AS segment, 0 AS opening, count(i.record_id) AS closing,
       date_diff('day', max(i.found_day), least(p.ends_on, $as_of) - 1) AS value
FROM contract_period AS p
LEFT JOIN security_incident_until($records_until) AS i ON i.found_day < p.ends_on AND i.found_day < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period, p.ends_on;
