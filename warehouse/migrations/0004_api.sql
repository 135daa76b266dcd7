-- The programs that may send responses over HTTP, and what tells a repeated request from another one.

-- Keys of programs: only the SHA-256 of a key is kept, keyed by the secret beside the file.
CREATE TABLE api_key (
    name VARCHAR NOT NULL,
    key_sha256 VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);

-- Keys revoked.
CREATE TABLE api_key_end (
    key_sha256 VARCHAR NOT NULL,
    ended_at TIMESTAMP NOT NULL
);

-- What each response sent by a program was made from, as a SHA-256: the same request again is answered as the first.
CREATE TABLE response_content (
    response_id UUID NOT NULL,
    content_sha256 VARCHAR NOT NULL
);
