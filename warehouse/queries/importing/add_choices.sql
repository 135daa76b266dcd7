-- Stores the choices in arrived_choices of those responses that this import has just stored.
INSERT INTO response_choice (response_id, question, choice, place)
SELECT CAST(a.response_id AS UUID), a.question, a.said, a.place FROM arrived_choices AS a
WHERE CAST(a.response_id AS UUID) IN (SELECT r.response_id FROM response AS r WHERE r.ingest_seq > $last_seq);
