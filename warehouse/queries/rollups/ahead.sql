-- Of which sources of the rollups are there rows that are not sealed yet?
SELECT s.source
FROM (VALUES ('response'), ('invitation'), ('invitation_event'), ('fieldwork_event'),
      ('member'), ('member_event'), ('member_event_replaced'), ('member_merge'), ('contract_tier')) AS s(source)
LEFT JOIN rollup_mark AS k ON k.source = s.source
WHERE coalesce(k.sealed_to, 0) < CASE s.source
    WHEN 'response' THEN (SELECT coalesce(max(r.ingest_seq), 0) FROM response AS r)
    WHEN 'invitation' THEN (SELECT count(*) FROM invitation)
    WHEN 'invitation_event' THEN (SELECT count(*) FROM invitation_event)
    WHEN 'fieldwork_event' THEN (SELECT count(*) FROM fieldwork_event)
    WHEN 'member' THEN (SELECT count(*) FROM member)
    WHEN 'member_event' THEN (SELECT count(*) FROM member_event)
    WHEN 'member_event_replaced' THEN (SELECT count(*) FROM member_event_replaced)
    WHEN 'contract_tier' THEN (SELECT count(*) FROM contract_tier) + (SELECT count(*) FROM contract_version)
        + (SELECT count(*) FROM contract_withdrawal)
    ELSE (SELECT count(*) FROM member_merge)
END;
