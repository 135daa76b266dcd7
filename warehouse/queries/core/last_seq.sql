-- What is the highest ingest_seq in use, given one that is known to be?
SELECT coalesce(max(ingest_seq), $after_seq) FROM response WHERE ingest_seq >= $after_seq;
