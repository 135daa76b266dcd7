-- Revokes the key of a program.
INSERT INTO api_key_end (key_sha256, ended_at) VALUES ($key_sha256, $ended_at);
