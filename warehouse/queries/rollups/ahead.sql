-- Of which sources of the rollups are there rows that are not sealed yet, from where on, and how many?
-- One part a source: asked as subqueries of one row each, planning them took 20 ms of every read after a commit.
WITH reach AS (
    SELECT 'response' AS source, coalesce(max(r.ingest_seq), 0) AS reaches FROM response AS r
    UNION ALL SELECT 'invitation', count(*) FROM invitation
    UNION ALL SELECT 'invitation_event', count(*) FROM invitation_event
    UNION ALL SELECT 'fieldwork_event', count(*) FROM fieldwork_event
    UNION ALL SELECT 'member', count(*) FROM member
    UNION ALL SELECT 'member_event', count(*) FROM member_event
    UNION ALL SELECT 'member_event_replaced', count(*) FROM member_event_replaced
    UNION ALL SELECT 'member_merge', count(*) FROM member_merge
    UNION ALL SELECT 'service_case_record', count(*) FROM service_case_record
    UNION ALL SELECT 'care_consent_record', count(*) FROM care_consent_record
    UNION ALL SELECT 'care_task_record', count(*) FROM care_task_record
    UNION ALL SELECT 'contract_tier', count(*) FROM contract_tier
    UNION ALL SELECT 'contract_tier', count(*) FROM contract_version
    UNION ALL SELECT 'contract_tier', count(*) FROM contract_withdrawal
)
SELECT r.source, coalesce(max(k.sealed_to), 0) AS sealed_to, CAST(sum(r.reaches) - coalesce(max(k.sealed_to), 0) AS BIGINT) AS waiting
FROM reach AS r
LEFT JOIN rollup_mark AS k ON k.source = r.source
GROUP BY r.source
HAVING sum(r.reaches) > coalesce(max(k.sealed_to), 0);
