-- id: mediation_in_time
-- title: {en: "Mediator's answers in time", zh: 调解答复及时率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: mediation
-- clause: {en: Mediation, zh: 第三方调解}
-- words:
--   en: Of the requests whose answer was due in the period, the share answered on the day or before; open ones are missed.
--   zh: 周期内应答复的调解申请中，按期或提前答复的比例；未答复的计为未及时。
SELECT p.period, '' AS segment, count(m.record_id) AS opening, count(CASE WHEN m.answered_on <= m.due_on THEN 1 END) AS closing,
       100.0 * count(CASE WHEN m.answered_on <= m.due_on THEN 1 END) / nullif(count(m.record_id), 0) AS value
FROM contract_period AS p
LEFT JOIN mediation_request_until($records_until) AS m
    ON m.due_on >= p.starts_on AND m.due_on < p.ends_on AND (m.due_on < $today OR m.due_on < $as_of AND m.answered_on < $as_of)
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
