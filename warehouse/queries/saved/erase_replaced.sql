-- Erases what was saved before under this link.
DELETE FROM saved_answers WHERE token_sha256 = $token_sha256;
