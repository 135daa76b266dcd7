-- What was this token made for, and was it revoked?
SELECT i.survey, i.wave, i.member_id, i.tier, i.language, i.response_id, i.expires_at,
       EXISTS (
           SELECT 1 FROM invitation_event AS e WHERE e.token_sha256 = $token_sha256 AND e.event = 'revoked'
       ) AS is_revoked
FROM invitation AS i
WHERE i.token_sha256 = $token_sha256;
