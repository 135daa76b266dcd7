-- How many bytes do the texts have that were written in the responses of a survey, after one place up to another?
SELECT coalesce(sum(strlen(t.body)), 0) AS bytes
FROM response_text AS t
JOIN response AS r ON r.response_id = t.response_id
WHERE r.survey = $survey AND r.ingest_seq > $after AND r.ingest_seq <= $upto;
