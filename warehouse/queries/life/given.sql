-- How many responses to this survey came in after this one, and which came last?
SELECT count(*) AS responses, coalesce(max(r.ingest_seq), $after_seq) AS last
FROM response AS r
WHERE r.survey = $survey AND r.ingest_seq > $after_seq;
