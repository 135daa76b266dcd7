-- Keep a file that was given for a question.
INSERT INTO upload BY NAME
SELECT
    CAST($response_id AS UUID) AS response_id,
    $survey AS survey,
    $question AS question,
    $sha256 AS sha256,
    $name AS name,
    $media_type AS media_type,
    CAST($size AS BIGINT) AS size,
    CAST($recorded_at AS TIMESTAMP) AS recorded_at,
    CAST($content AS BLOB) AS content
