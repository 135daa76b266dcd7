-- id: training_satisfied
-- title: {en: "Satisfied with trainings", zh: 培训满意率}
-- kind: share
-- unit: percent
-- direction: higher
-- section: staff
-- clause: {en: "Technical support and training", zh: 技术支持与培训}
-- words:
--   en: Of all who said after the trainings held in the period what these were worth, the share who were content; a
--     training without both numbers is left out. They stand for all who came; where all did, nothing was sampled.
--   zh: 周期内已举办培训的反馈人数中，表示满意的比例；缺少任一人数的培训不计入。反馈者代表全体到场人员；全部反馈的，按全数统计。
SELECT p.period, '' AS segment, CAST(coalesce(sum(t.answered), 0) AS BIGINT) AS n,
       CAST(coalesce(sum(t.satisfied), 0) AS BIGINT) AS successes,
       CASE WHEN count(t.attended) = count(t.record_id) THEN CAST(sum(t.attended) AS BIGINT) END AS asked
FROM contract_period AS p
LEFT JOIN training_until($records_until) AS t
    ON t.held_on >= p.starts_on AND t.held_on < p.ends_on AND t.held_on < $as_of
    AND t.answered IS NOT NULL AND t.satisfied IS NOT NULL
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
