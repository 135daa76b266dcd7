-- id: actions_done_on_time
-- title: {en: Improvement measures done on time, zh: 改进措施按期完成率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: improvement
-- clause: {en: Improvement reports, zh: 改进报告}
-- words:
--   en: Of the measures due in the period, the share done on the day or before; open and late ones are missed.
--   zh: 周期内到期的改进措施中，按期或提前完成的比例；未完成和逾期完成的计为未按期。
SELECT p.period, '' AS segment, count(i.record_id) AS opening, count(CASE WHEN i.done_on <= i.due_on THEN 1 END) AS closing,
       100.0 * count(CASE WHEN i.done_on <= i.due_on THEN 1 END) / nullif(count(i.record_id), 0) AS value
FROM contract_period AS p
LEFT JOIN improvement_action_until($records_until) AS i
    ON i.due_on >= p.starts_on AND i.due_on < p.ends_on AND (i.due_on < $today OR i.due_on < $as_of AND i.done_on < $as_of)
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
