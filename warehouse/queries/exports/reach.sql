-- From which place to which do the responses of a survey reach?
SELECT min(r.ingest_seq) AS first_seq, max(r.ingest_seq) AS last_seq FROM response AS r WHERE r.survey = $survey;
