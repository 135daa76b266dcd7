-- Which sessions are neither expired nor ended?
SELECT s.session_sha256, s.role, s.expires_at
FROM access_session AS s
WHERE s.expires_at > $now
  AND NOT EXISTS (SELECT 1 FROM access_session_end AS e WHERE e.session_sha256 = s.session_sha256);
