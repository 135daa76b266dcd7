-- Erases answers whose response is stored or whose time is over.
DELETE FROM saved_answers
WHERE token_sha256 IN (
    SELECT f.token_sha256
    FROM saved_form AS f
    WHERE f.expires_at <= $now OR f.response_id IN (SELECT r.response_id FROM response AS r)
);
