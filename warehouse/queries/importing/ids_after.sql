-- Which responses were stored after this place?
SELECT CAST(r.response_id AS BLOB) AS response_id FROM response AS r WHERE r.ingest_seq > $last_seq;
