-- Stores which files answer questions, one row each, where they were given for that response. One list a column.
INSERT INTO response_file (response_id, question, sha256, name, media_type, size)
SELECT DISTINCT g.response_id, g.question, g.sha256, u.name, u.media_type, u.size
FROM (
    SELECT unnest(CAST($response_id AS UUID[])) AS response_id, unnest(CAST($question AS VARCHAR[])) AS question,
           unnest(CAST($sha256 AS VARCHAR[])) AS sha256
) AS g
JOIN upload AS u ON u.response_id = g.response_id AND u.question = g.question AND u.sha256 = g.sha256;
