-- Which is the newest response, and what is the sum of the hashes of those in a range of ingest_seq?
SELECT max(r.recorded_at) AS newest,
       coalesce(sum(CAST(hash(r.response_id, r.survey, r.version, r.member_id, r.submitted_at, r.scores, r.missing) AS HUGEINT))
                FILTER (r.ingest_seq <= $up_to), 0) AS total
FROM response AS r
WHERE r.ingest_seq > $after;
