-- id: plan_delivered_on_time
-- title: {en: Plan delivered on time, zh: 服务计划按期交付率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: improvement
-- clause: {en: Services tailored to party A by an approved plan, zh: 经甲方批准的定制服务计划}
-- words:
--   en: Of the items that party A approved, by name and time, and that were due in the period, the share delivered on the
--     day or before. Items without approval are no part of the plan yet and are left out.
--   zh: 经甲方具名并注明时间批准、且在周期内到期的服务事项中，按期或提前交付的比例；未经批准的事项尚不构成计划，不计入。
SELECT p.period, '' AS segment, count(i.record_id) AS opening, count(CASE WHEN i.delivered_on <= i.due_on THEN 1 END) AS closing,
       100.0 * count(CASE WHEN i.delivered_on <= i.due_on THEN 1 END) / nullif(count(i.record_id), 0) AS value
FROM contract_period AS p
LEFT JOIN plan_item_until($records_until) AS i
    ON i.due_on >= p.starts_on AND i.due_on < p.ends_on AND (i.due_on < $today OR i.due_on < $as_of AND i.delivered_on < $as_of)
    AND i.approved_by IS NOT NULL AND i.approved_day < $as_of
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
