-- Keeps these invitations to one wave of a survey. One list a column, all of the same length.
INSERT INTO invitation (
    token_sha256, survey, wave, member_id, tier, language, response_id, created_at, day, expires_at
)
SELECT unnest(CAST($token_sha256 AS VARCHAR[])), CAST($survey AS VARCHAR), CAST($wave AS VARCHAR),
       unnest(CAST($member_id AS VARCHAR[])), unnest(CAST($tier AS VARCHAR[])), unnest(CAST($language AS VARCHAR[])),
       unnest(CAST($response_id AS UUID[])), CAST($created_at AS TIMESTAMP), CAST($day AS DATE),
       CAST($expires_at AS TIMESTAMP);
