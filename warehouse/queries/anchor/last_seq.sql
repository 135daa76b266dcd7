-- What is the highest ingest_seq?
SELECT coalesce(max(ingest_seq), 0) FROM response;
