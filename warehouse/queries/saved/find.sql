-- What was this link made for, and what was saved last under it?
SELECT f.survey, f.response_id, f.started_at, f.expires_at, a.version, a.page, a.language, a.sealed
FROM saved_form AS f
LEFT JOIN saved_answers AS a ON a.token_sha256 = f.token_sha256
WHERE f.token_sha256 = $token_sha256 AND f.expires_at > $now
ORDER BY a.saved_at DESC NULLS LAST
LIMIT 1;
