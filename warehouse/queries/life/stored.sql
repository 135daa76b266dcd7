-- Which of these responses are stored already, or marked as sent to an anonymous survey?
WITH asked AS (SELECT unnest(CAST($response_ids AS UUID[])) AS response_id)
SELECT a.response_id
FROM asked AS a
WHERE EXISTS (SELECT 1 FROM response AS r WHERE r.response_id = a.response_id)
   OR EXISTS (SELECT 1 FROM anonymous_mark AS k WHERE k.mark = sha256(CAST(a.response_id AS VARCHAR)));
