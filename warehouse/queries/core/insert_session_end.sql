-- Signs somebody out before the session expires.
INSERT INTO access_session_end (session_sha256, ended_at) VALUES ($session_sha256, $ended_at);
