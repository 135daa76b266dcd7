-- Forms begun and kept for later: what was answered so far, readable with the link alone, and never a response.

-- One row a link: the one response it can give, and when its time is over. It holds no answer.
CREATE TABLE saved_form (
    token_sha256 VARCHAR NOT NULL,
    survey VARCHAR NOT NULL,
    response_id UUID NOT NULL,
    started_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

-- One row each time it was saved; the latest counts. The answers are sealed with the token, which is not kept here.
-- Rows are deleted when the response is stored, when a later save replaces them, and when their time is over.
CREATE TABLE saved_answers (
    token_sha256 VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    page INTEGER NOT NULL,
    language VARCHAR NOT NULL,
    sealed BLOB NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
