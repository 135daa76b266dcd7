-- Appends what happened to members, given as lists of equal length; amounts come as text so that no cent is lost.
INSERT INTO member_event (member_id, event, happened_at, day, month, amount, tier, recorded_at)
SELECT t.member_id, t.event, t.happened_at, t.day, t.month, CAST(t.amount AS DECIMAL(18, 2)), t.tier, $recorded_at
FROM (SELECT unnest(CAST($member_ids AS VARCHAR[])) AS member_id,
             unnest(CAST($events AS VARCHAR[])) AS event,
             unnest(CAST($instants AS TIMESTAMP[])) AS happened_at,
             unnest(CAST($days AS DATE[])) AS day,
             unnest(CAST($months AS DATE[])) AS month,
             unnest(CAST($amounts AS VARCHAR[])) AS amount,
             unnest(CAST($tiers AS VARCHAR[])) AS tier) AS t;
