-- Stores the texts in arrived_texts of those responses that this import has just stored.
INSERT INTO response_text (response_id, question, body)
SELECT CAST(a.response_id AS UUID), a.question, a.said FROM arrived_texts AS a
WHERE CAST(a.response_id AS UUID) IN (SELECT r.response_id FROM response AS r WHERE r.ingest_seq > $last_seq);
