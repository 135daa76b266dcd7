-- Lets a program in.
INSERT INTO api_key (name, key_sha256, made_at) VALUES ($name, $key_sha256, $made_at);
