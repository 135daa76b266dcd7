-- Signs somebody in.
INSERT INTO access_session (session_sha256, role, opened_at, expires_at)
VALUES ($session_sha256, $role, $opened_at, $expires_at);
