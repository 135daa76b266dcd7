-- Stores each of the rows in arrived_responses whose id is not there yet. In it scores, missing and names (member, tier,
-- touchpoint) are JSON, and place counts from 0.
MERGE INTO response AS kept
USING (
    SELECT CAST(a.response_id AS UUID) AS response_id,
           CAST($last_seq AS BIGINT) + 1 + a.place AS ingest_seq,
           CAST($survey AS VARCHAR) AS survey,
           CAST($questionnaire AS VARCHAR) AS questionnaire,
           CAST($version AS INTEGER) AS version,
           CAST(CAST(a.names AS JSON) AS VARCHAR[])[1] AS member_id,
           CAST(CAST(a.names AS JSON) AS VARCHAR[])[2] AS tier,
           CAST(CAST(a.names AS JSON) AS VARCHAR[])[3] AS touchpoint,
           CAST($channel AS VARCHAR) AS channel,
           CAST(a.language AS VARCHAR) AS language,
           CAST(NULL AS TIMESTAMP) AS started_at,
           CAST(a.submitted_at AS TIMESTAMP) AS submitted_at,
           CAST($recorded_at AS TIMESTAMP) AS recorded_at,
           CAST(a.day AS DATE) AS day,
           CAST(a.month AS DATE) AS month,
           a.weight,
           CAST(CAST(a.scores AS JSON) AS SMALLINT[]) AS scores,
           CAST(CAST(a.missing AS JSON) AS VARCHAR[]) AS missing,
           CAST($import_id AS VARCHAR) AS import_id
    FROM arrived_responses AS a
) AS arrived
ON kept.response_id = arrived.response_id
WHEN NOT MATCHED THEN INSERT BY NAME;
