-- id: trainings_held
-- title: {en: Trainings held, zh: 培训按计划举办率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: staff
-- clause: {en: Technical support and training, zh: 技术支持与培训}
-- words:
--   en: Of the trainings planned for a day of the period that has come, the share that had been held by its end. One
--     that is made up for after the period counts as not held in it.
--   zh: 计划日期落在周期内且已到期的培训中，截至周期末已举办的比例；周期结束后补办的，在该周期仍计为未举办。
SELECT p.period, '' AS segment, count(t.record_id) AS opening,
       count(CASE WHEN t.held_on < p.ends_on AND t.held_on < $as_of THEN 1 END) AS closing,
       100.0 * count(CASE WHEN t.held_on < p.ends_on AND t.held_on < $as_of THEN 1 END) / nullif(count(t.record_id), 0) AS value
FROM contract_period AS p
LEFT JOIN training_until($records_until) AS t ON t.planned_on >= p.starts_on AND t.planned_on < p.ends_on 
    AND (t.planned_on < $today OR t.planned_on < $as_of AND t.held_on < $as_of)
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
