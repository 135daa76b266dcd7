-- Stores each of these responses whose id is not there yet. One list a column, all of the same length, where scores and
-- missing are JSON.
MERGE INTO response AS kept
USING (
    SELECT unnest(CAST($response_id AS UUID[])) AS response_id,
           unnest(CAST($ingest_seq AS BIGINT[])) AS ingest_seq,
           unnest(CAST($survey AS VARCHAR[])) AS survey,
           unnest(CAST($questionnaire AS VARCHAR[])) AS questionnaire,
           unnest(CAST($version AS INTEGER[])) AS version,
           unnest(CAST($member_id AS VARCHAR[])) AS member_id,
           unnest(CAST($tier AS VARCHAR[])) AS tier,
           unnest(CAST($touchpoint AS VARCHAR[])) AS touchpoint,
           unnest(CAST($channel AS VARCHAR[])) AS channel,
           unnest(CAST($language AS VARCHAR[])) AS language,
           unnest(CAST($started_at AS TIMESTAMP[])) AS started_at,
           unnest(CAST($submitted_at AS TIMESTAMP[])) AS submitted_at,
           CAST($recorded_at AS TIMESTAMP) AS recorded_at,
           unnest(CAST($day AS DATE[])) AS day,
           unnest(CAST($month AS DATE[])) AS month,
           unnest(CAST($weight AS DOUBLE[])) AS weight,
           CAST(CAST(unnest(CAST($scores AS VARCHAR[])) AS JSON) AS SMALLINT[]) AS scores,
           CAST(CAST(unnest(CAST($missing AS VARCHAR[])) AS JSON) AS VARCHAR[]) AS missing,
           CAST($import_id AS VARCHAR) AS import_id
) AS arrived
ON kept.response_id = arrived.response_id
WHEN NOT MATCHED THEN INSERT BY NAME;
