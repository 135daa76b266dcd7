-- Which responses came in after this one?
SELECT response_id FROM response WHERE ingest_seq > $after_seq;
