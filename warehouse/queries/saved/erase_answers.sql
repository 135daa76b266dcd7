-- Erases all that was saved for this response.
DELETE FROM saved_answers
WHERE token_sha256 IN (SELECT f.token_sha256 FROM saved_form AS f WHERE f.response_id = $response_id);
