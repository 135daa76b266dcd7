-- id: training_attendance
-- title: {en: Attendance of trainings, zh: 培训到场率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: staff
-- clause: {en: Technical support and training, zh: 技术支持与培训}
-- words:
--   en: Of all who were invited to the trainings held in the period, the share who came; a training without both numbers
--     is left out.
--   zh: 周期内已举办培训的应到人数中，实到人数的比例；缺少任一人数的培训不计入。
SELECT p.period, '' AS segment, CAST(coalesce(sum(t.invited), 0) AS BIGINT) AS opening,
       CAST(coalesce(sum(t.attended), 0) AS BIGINT) AS closing,
       100.0 * sum(t.attended) / nullif(sum(t.invited), 0) AS value
FROM contract_period AS p
LEFT JOIN training_until($records_until) AS t ON t.held_on >= p.starts_on AND t.held_on < p.ends_on AND t.held_on < $as_of
    AND t.invited IS NOT NULL AND t.attended IS NOT NULL
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
