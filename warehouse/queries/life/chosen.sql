-- How many responses to this survey chose each of these choices? Two lists of the same length.
WITH asked AS (
    SELECT unnest(CAST($questions AS VARCHAR[])) AS question, unnest(CAST($choices AS VARCHAR[])) AS choice
)
SELECT c.question, c.choice, count(*) AS responses
FROM response_choice AS c
JOIN asked AS a ON a.question = c.question AND a.choice = c.choice
JOIN response AS r ON r.response_id = c.response_id
WHERE r.survey = $survey
GROUP BY c.question, c.choice;
