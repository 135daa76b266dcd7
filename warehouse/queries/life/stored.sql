-- Which of these responses are stored already?
SELECT r.response_id FROM response AS r WHERE r.response_id IN (SELECT unnest(CAST($response_ids AS UUID[])));
