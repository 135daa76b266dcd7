-- Which rows of response are those in arrived_responses? In it place counts from 0.
SELECT CAST(a.response_id AS UUID) AS response_id,
       CAST($last_seq AS BIGINT) + 1 + a.place AS ingest_seq,
       CAST($survey AS VARCHAR) AS survey,
       CAST($questionnaire AS VARCHAR) AS questionnaire,
       CAST($version AS INTEGER) AS version,
       a.member_id, a.tier, a.touchpoint,
       CAST($channel AS VARCHAR) AS channel,
       a.language,
       CAST(NULL AS TIMESTAMP) AS started_at,
       a.submitted_at,
       CAST($recorded_at AS TIMESTAMP) AS recorded_at,
       a.day, a.month, a.weight, a.scores, a.missing,
       CAST($import_id AS VARCHAR) AS import_id
FROM arrived_responses AS a;
