-- Keeps those of these events that are not told yet. One list a column, all of the same length, no event twice.
INSERT INTO fieldwork_event (survey, response_id, event, version, page, question, shown_at, happened_at)
SELECT a.survey, a.response_id, a.event, a.version, a.page, a.question, a.shown_at, a.happened_at
FROM (
    SELECT unnest(CAST($survey AS VARCHAR[])) AS survey,
           unnest(CAST($response_id AS UUID[])) AS response_id,
           unnest(CAST($event AS VARCHAR[])) AS event,
           unnest(CAST($version AS INTEGER[])) AS version,
           unnest(CAST($page AS SMALLINT[])) AS page,
           unnest(CAST($question AS VARCHAR[])) AS question,
           unnest(CAST($shown_at AS TIMESTAMP[])) AS shown_at,
           unnest(CAST($happened_at AS TIMESTAMP[])) AS happened_at
) AS a
WHERE NOT EXISTS (
    SELECT 1
    FROM fieldwork_event AS k
    WHERE k.response_id = a.response_id AND k.survey = a.survey AND k.event = a.event
      AND k.page IS NOT DISTINCT FROM a.page AND k.question IS NOT DISTINCT FROM a.question
      -- The same sheet in two tabs: each tab has its own times.
      AND (k.event <> 'page' OR k.shown_at = a.shown_at)
);
