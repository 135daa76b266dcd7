-- How many of these responses to a survey chose each of these choices? Two lists of the same length.
WITH asked AS (
    SELECT unnest(CAST($questions AS VARCHAR[])) AS question, unnest(CAST($choices AS VARCHAR[])) AS choice
), given AS (
    SELECT r.response_id AS id
    FROM response AS r
    WHERE r.survey = $survey AND r.ingest_seq > $after_seq AND r.ingest_seq <= $until_seq
)
SELECT c.question, c.choice, count(*) AS responses
FROM response_choice AS c
JOIN asked AS a ON a.question = c.question AND a.choice = c.choice
JOIN given AS g ON g.id = c.response_id
GROUP BY c.question, c.choice;
