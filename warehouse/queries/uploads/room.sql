-- How many files were taken for this response, and how many bytes for its survey?
SELECT
    count(*) FILTER (WHERE u.response_id = CAST($response_id AS UUID)) AS files,
    CAST(coalesce(sum(u.size), 0) AS BIGINT) AS bytes
FROM upload AS u
WHERE u.survey = $survey
