-- How did each case of this survey end, counted by wave (NULL: the open link), tier and touchpoint?
-- A form that was begun and not sent is partial when it was answered to the cut of its version, a place in its questions.
WITH cut AS (
    SELECT unnest(CAST($versions AS INTEGER[])) AS version, unnest(CAST($cuts AS INTEGER[])) AS place
)
SELECT c.wave, coalesce(c.tier, '') AS tier_code, coalesce(c.touchpoint, $touchpoint, '') AS touchpoint_code,
       CASE
           WHEN c.is_completed THEN 'completed'
           WHEN c.furthest >= k.place THEN 'partial'
           WHEN c.started_at IS NOT NULL THEN 'broken_off'
           WHEN c.opened_at IS NOT NULL THEN 'opened'
           WHEN c.is_bounced THEN 'bounced'
           WHEN c.is_revoked THEN 'withdrawn'
           ELSE 'silent'
       END AS ending,
       count(*) AS cases
FROM fieldwork_case AS c
LEFT JOIN cut AS k ON k.version = c.version
WHERE c.survey = $survey
GROUP BY c.wave, tier_code, touchpoint_code, ending;
