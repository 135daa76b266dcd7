-- What the form needs to know of an invited member, such as the name: readable with the token of the link alone.

-- At most one row a token. sealed is a JSON object of field and text, encrypted with the token, which is not kept.
CREATE TABLE invitation_field (
    token_sha256 VARCHAR NOT NULL,
    sealed BLOB NOT NULL
);
