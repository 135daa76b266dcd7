-- How did each case of this survey end, counted by wave (NULL: the open link), tier and touchpoint?
-- A form that was begun and not sent is partial when it was answered to the cut of its version, a place in its questions.
WITH cut AS (
    SELECT unnest(CAST($versions AS INTEGER[])) AS version, unnest(CAST($cuts AS INTEGER[])) AS place
)
SELECT c.wave, coalesce(c.tier, '') AS tier_code, coalesce(c.touchpoint, $touchpoint, '') AS touchpoint_code,
       CASE
           WHEN c.furthest >= k.place THEN 'partial'
           WHEN c.stage = 'started' THEN 'broken_off'
           ELSE c.stage
       END AS ending,
       CAST(sum(c.n) AS BIGINT) AS cases
FROM case_count AS c
LEFT JOIN cut AS k ON k.version = c.version
WHERE c.survey = $survey
GROUP BY c.wave, tier_code, touchpoint_code, ending
HAVING sum(c.n) <> 0;
