-- Keeps what the form needs to know of these members, sealed with the tokens of their links.
INSERT INTO invitation_field (token_sha256, sealed)
SELECT unnest(CAST($token_sha256 AS VARCHAR[])), unnest(CAST($sealed AS BLOB[]));
