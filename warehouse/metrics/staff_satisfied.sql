-- id: staff_satisfied
-- title: {en: "Satisfied staff", zh: 员工满意率}
-- kind: share
-- unit: percent
-- direction: higher
-- section: staff
-- clause: {en: "Staff satisfaction", zh: 员工满意度}
-- words:
--   en: Of the staff of both parties who answered in the period, the share who were content. They stand for all; where
--     all who were asked answered, nothing was sampled.
--   zh: 周期内作答的双方员工中，表示满意的比例。作答者代表全体；受访者全部作答的，按全数统计。
SELECT p.period, '' AS segment, CAST(coalesce(sum(s.answered), 0) AS BIGINT) AS n,
       CAST(coalesce(sum(s.satisfied), 0) AS BIGINT) AS successes,
       CASE WHEN count(s.asked) = count(s.record_id) THEN CAST(sum(s.asked) AS BIGINT) END AS asked
FROM contract_period AS p
LEFT JOIN staff_survey_until($records_until) AS s
    ON s.asked_on >= p.starts_on AND s.asked_on < p.ends_on AND s.asked_on < $as_of
    AND s.answered IS NOT NULL AND s.satisfied IS NOT NULL
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
