-- What did this member answer and bring up, the latest first: answers to what measures something, and cases?
WITH own AS (
    SELECT $member AS member_id
    UNION ALL
    SELECT a.member_id FROM member_alias AS a WHERE a.kept_id = $member
)
SELECT r.submitted_at AS happened_at, 'answer' AS kind, r.survey AS subject,
       string_agg(q.question || ' ' || CAST(r.scores[q.score_position] AS VARCHAR), ', ' ORDER BY q.position) AS said
FROM response AS r
JOIN own AS o ON o.member_id = r.member_id
LEFT JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.measures <> 'none'
    AND r.scores[q.score_position] IS NOT NULL
GROUP BY r.response_id, r.submitted_at, r.survey
UNION ALL
SELECT t.received_at, 'case', t.category, coalesce(t.subject, '')
FROM service_now AS c
JOIN own AS o ON o.member_id = c.member_id
JOIN service_case_record AS t ON t.rowid = c.place
ORDER BY happened_at DESC;
