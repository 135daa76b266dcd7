-- How far did each member invited to this survey come, wave by wave?
WITH cut AS (
    SELECT unnest(CAST($versions AS INTEGER[])) AS version, unnest(CAST($cuts AS INTEGER[])) AS place
)
SELECT c.wave, c.member_id, c.tier,
       CASE
           WHEN c.is_completed THEN 'completed'
           WHEN c.furthest >= k.place THEN 'partial'
           WHEN c.started_at IS NOT NULL THEN 'broken_off'
           WHEN c.opened_at IS NOT NULL THEN 'opened'
           WHEN c.is_bounced THEN 'bounced'
           WHEN c.is_revoked THEN 'withdrawn'
           ELSE 'silent'
       END AS ending,
       c.invited_at, c.opened_at, c.started_at, c.submitted_at
FROM fieldwork_case AS c
LEFT JOIN cut AS k ON k.version = c.version
WHERE c.survey = $survey AND c.wave IS NOT NULL
ORDER BY c.wave, c.member_id;
