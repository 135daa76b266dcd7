-- Stores the dates in arrived_dates of those responses that this import has just stored.
INSERT INTO response_date (response_id, question, date)
SELECT CAST(a.response_id AS UUID), a.question, CAST(a.said AS DATE) FROM arrived_dates AS a
WHERE CAST(a.response_id AS UUID) IN (SELECT r.response_id FROM response AS r WHERE r.ingest_seq > $last_seq);
