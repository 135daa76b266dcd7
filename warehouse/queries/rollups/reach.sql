-- Up to where is each source of the rollups sealed, and how far does it reach?
WITH mark AS (
    SELECT s.source, coalesce(max(k.sealed_to), 0) AS sealed_to
    FROM (VALUES ('response'), ('invitation'), ('invitation_event'), ('fieldwork_event'),
          ('member'), ('member_event'), ('member_event_replaced'), ('member_merge'), ('contract_tier'),
          ('service_case_record'), ('care_consent_record'), ('care_task_record')) AS s(source)
    LEFT JOIN rollup_mark AS k ON k.source = s.source
    GROUP BY s.source
)
SELECT m.source, m.sealed_to,
       CASE m.source
           WHEN 'member' THEN (SELECT count(*) FROM member)
           WHEN 'member_event' THEN (SELECT count(*) FROM member_event)
           WHEN 'member_event_replaced' THEN (SELECT count(*) FROM member_event_replaced)
           WHEN 'member_merge' THEN (SELECT count(*) FROM member_merge)
           WHEN 'contract_tier' THEN (SELECT count(*) FROM contract_tier) + (SELECT count(*) FROM contract_version)
               + (SELECT count(*) FROM contract_withdrawal)
           WHEN 'service_case_record' THEN (SELECT count(*) FROM service_case_record)
           WHEN 'care_consent_record' THEN (SELECT count(*) FROM care_consent_record)
           WHEN 'care_task_record' THEN (SELECT count(*) FROM care_task_record)
           WHEN 'invitation' THEN (SELECT count(*) FROM invitation)
           WHEN 'invitation_event' THEN (SELECT count(*) FROM invitation_event)
           WHEN 'fieldwork_event' THEN (SELECT count(*) FROM fieldwork_event)
           ELSE greatest(m.sealed_to, (
               SELECT coalesce(max(r.ingest_seq), 0)
               FROM response AS r
               WHERE r.ingest_seq > (SELECT n.sealed_to FROM mark AS n WHERE n.source = 'response')
           ))
       END AS reaches
FROM mark AS m
ORDER BY m.source;
