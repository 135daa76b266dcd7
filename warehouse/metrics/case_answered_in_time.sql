-- id: case_answered_in_time
-- title: {en: Cases answered in time, zh: 个案及时响应率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: service
-- clause: {en: 'Hotline, complaints and feedback answered in time', zh: 热线、投诉与反馈及时答复}
-- words:
--   en: Of the cases received in the period, the share with a first response within the limit of their severity, which
--     runs in working hours of China, holidays left out and make-up workdays counted. Open cases past their limit count
--     as missed; those not yet due are left out.
--   zh: 周期内受理的个案中，在其严重程度对应时限内首次响应的比例；时限按中国法定工作时间计算，扣除节假日、计入调休工作日。已逾期仍未响应的计为未及时，尚未到期的暂不计入。
SELECT p.period, '' AS segment, count(c.place) AS opening,
       count(CASE WHEN c.first_response_at <= c.respond_by_at AND c.first_response_day < $as_of THEN 1 END) AS closing,
       100.0 * count(CASE WHEN c.first_response_at <= c.respond_by_at AND c.first_response_day < $as_of THEN 1 END)
           / nullif(count(c.place), 0) AS value
FROM contract_period AS p
LEFT JOIN service_now AS c
    ON c.received_day >= p.starts_on AND c.received_day < p.ends_on AND c.received_day < $as_of
    AND (c.first_response_day < $as_of OR c.respond_by_at < $instant)
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
