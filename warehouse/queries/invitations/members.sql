-- How does each member invited to this survey stand, wave by wave? One row a member and wave, all waves when none is named.
SELECT s.wave, s.member_id, s.tier, s.language, s.created_at, s.expires_at, s.response_id, s.token_sha256,
       CASE
           WHEN s.is_answered THEN 'answered'
           WHEN s.is_revoked THEN 'revoked'
           WHEN s.expires_at <= $now THEN 'expired'
           ELSE 'open'
       END AS standing
FROM invitation_state AS s
WHERE s.survey = $survey AND s.is_latest AND ($wave IS NULL OR s.wave = $wave)
ORDER BY s.wave, s.created_at, s.member_id;
