-- id: survey_plan_kept
-- title: {en: "Survey plan kept", zh: 调查计划执行率}
-- kind: census
-- census: level
-- unit: percent
-- direction: higher
-- section: satisfaction
-- clause: {en: "Surveys held regularly", zh: 定期开展满意度调查}
-- words:
--   en: Of the surveys that the plan has due in the period, the share that was sent by the day, to the class of
--     customers that the plan names, with nobody asked again within the days of rest. A survey is sent with the first
--     personal invitation of its wave.
--   zh: 按计划应在周期内发送的调查中，按期（以该批次首份个人邀请为准）发送给计划所列客户分类、且无人在间隔天数内被重复邀请的比例。
WITH due AS (
    SELECT p.period, s.record_id, s.survey, s.wave, s.due_on, s.tier, s.rest_days
    FROM contract_period AS p
    JOIN survey_plan_until($records_until) AS s
        ON s.due_on >= p.starts_on AND s.due_on < p.ends_on AND s.due_on < $as_of
    WHERE p.sha256 = $contract
), asked AS (
    -- When each member was asked first by a survey's wave.
    SELECT i.survey, i.wave, i.member_id, max(i.tier) AS held_tier, min(coalesce(i.day, CAST(i.created_at AS DATE))) AS asked_on
    FROM invitation AS i
    WHERE i.created_at <= $invitations_until
    GROUP BY i.survey, i.wave, i.member_id
), sent AS (
    SELECT d.record_id, min(a.asked_on) AS sent_on,
           count(CASE WHEN EXISTS (
               SELECT 1
               FROM asked AS b
               WHERE b.member_id = a.member_id AND (b.survey <> a.survey OR b.wave <> a.wave)
                 AND b.asked_on <= a.asked_on AND a.asked_on - b.asked_on < d.rest_days
           ) THEN 1 END) AS disturbed
    FROM due AS d
    JOIN asked AS a ON a.survey = d.survey AND a.wave = d.wave AND (d.tier IS NULL OR a.held_tier = d.tier)
    WHERE a.asked_on < $as_of
    GROUP BY d.record_id
)
SELECT p.period, '' AS segment, count(d.record_id) AS opening,
       count(CASE WHEN t.sent_on <= d.due_on AND t.disturbed = 0 THEN 1 END) AS closing,
       100.0 * count(CASE WHEN t.sent_on <= d.due_on AND t.disturbed = 0 THEN 1 END) / nullif(count(d.record_id), 0) AS value
FROM contract_period AS p
LEFT JOIN (due AS d LEFT JOIN sent AS t ON t.record_id = d.record_id)
    ON d.period = p.period AND (d.due_on < $today OR t.sent_on IS NOT NULL)
WHERE p.sha256 = $contract AND p.starts_on < $as_of
GROUP BY p.period;
