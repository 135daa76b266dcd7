-- Says of each revision of the arrived events that a later one has come: it no longer counts.
INSERT INTO member_event_replaced (event_key, revision, recorded_at)
SELECT e.event_key, e.revision, $recorded_at
FROM member_event AS e
WHERE e.event_key IN (SELECT CAST(a.event_key AS UUID) FROM arrived_events AS a)
  AND NOT EXISTS (SELECT 1
                  FROM member_event_replaced AS r
                  WHERE r.event_key = e.event_key AND r.revision = e.revision)
QUALIFY e.revision < max(e.revision) OVER (PARTITION BY e.event_key);
