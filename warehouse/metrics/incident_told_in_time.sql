-- id: incident_told_in_time
-- title: {en: "Incidents told in time", zh: 事件及时告知率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: safety
-- clause: {en: "Personal data and secrecy", zh: 个人信息与保密}
-- words:
--   en: Of the incidents found in the period, the share that party A was told of within the hours of the contract, 72
--     where it names none. Untold ones count as late once that time is over; before, they are left out.
--   zh: 周期内发现的数据安全事件中，在合同约定小时数内（未约定的按 72 小时）告知甲方的比例。逾期未告知的计为未及时；尚未到期的暂不计入。
WITH agreed AS (
    SELECT coalesce(CAST(json_extract_string(v.document, '$.spec.dataSecurity.noticeWithinHours') AS INTEGER), 72) AS hours
    FROM contract_version AS v
    WHERE v.sha256 = $contract
), found AS (
    SELECT i.found_day, i.told_day < $as_of AND i.told_at <= i.found_at + to_hours(a.hours) AS in_time
    FROM security_incident_until($records_until) AS i, agreed AS a
    WHERE i.found_day < $as_of
      AND (i.told_day < $as_of OR i.found_at + to_hours(a.hours) < $instant)
)
SELECT p.period, '' AS segment, count(f.found_day) AS opening, count(CASE WHEN f.in_time THEN 1 END) AS closing,
       100.0 * count(CASE WHEN f.in_time THEN 1 END) / nullif(count(f.found_day), 0) AS value
FROM contract_period AS p
LEFT JOIN found AS f ON f.found_day >= p.starts_on AND f.found_day < p.ends_on
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
