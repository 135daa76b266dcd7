-- Under which Idempotency-Key a program sent a response, as a SHA-256: where the key holds no time, the id of the
-- response has that of its first arrival, and a repeat finds it here.
ALTER TABLE response_content ADD COLUMN request_sha256 VARCHAR;
