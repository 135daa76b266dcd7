-- Appends each arrived event that is new, and each that says something else than the revision that counts, as its next.
INSERT INTO member_event (member_id, event, happened_at, day, month, amount, tier, reason, event_key, revision,
                          recorded_by, recorded_at)
WITH there AS (
    SELECT e.event_key, e.revision, e.member_id, e.event, e.happened_at, e.amount, e.tier, e.reason
    FROM member_event AS e
    WHERE e.event_key IN (SELECT CAST(a.event_key AS UUID) FROM arrived_events AS a)
      AND NOT EXISTS (SELECT 1
                      FROM member_event_replaced AS r
                      WHERE r.event_key = e.event_key AND r.revision = e.revision)
), said AS (
    SELECT a.member_id, a.event, a.happened_at, CAST(a.day AS DATE) AS day, CAST(nullif(a.amount, '') AS DECIMAL(18, 2)) AS amount,
           nullif(a.tier, '') AS tier, nullif(a.reason, '') AS reason, CAST(a.event_key AS UUID) AS event_key
    FROM arrived_events AS a
)
SELECT s.member_id, s.event, s.happened_at, s.day, CAST(date_trunc('month', s.day) AS DATE), s.amount, s.tier, s.reason,
       s.event_key, coalesce(t.revision, 0) + 1, $recorded_by, $recorded_at
FROM said AS s
LEFT JOIN there AS t ON t.event_key = s.event_key
WHERE t.event_key IS NULL
   OR s.member_id <> t.member_id OR s.event <> t.event OR s.happened_at <> t.happened_at
   OR s.amount IS DISTINCT FROM t.amount OR s.tier IS DISTINCT FROM t.tier OR s.reason IS DISTINCT FROM t.reason;
