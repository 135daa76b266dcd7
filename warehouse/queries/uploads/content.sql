-- What is the file that answers this question of this response?
SELECT f.name, f.media_type, u.content
FROM response_file AS f
JOIN upload AS u ON u.response_id = f.response_id AND u.question = f.question AND u.sha256 = f.sha256
WHERE f.response_id = CAST($response_id AS UUID) AND f.question = $question
LIMIT 1
