-- Notes a link by which a form can be continued, once.
INSERT INTO saved_form (token_sha256, survey, response_id, started_at, expires_at)
SELECT $token_sha256, $survey, $response_id, $started_at, $expires_at
WHERE NOT EXISTS (SELECT 1 FROM saved_form WHERE token_sha256 = $token_sha256);
