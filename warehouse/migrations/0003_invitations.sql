-- Personal invitations: which member may give which one response, by a token that is known to its holder alone.

-- One row a token; only its SHA-256 is kept. response_id is fixed here, so whatever is sent by the token is one response.
-- A member invited again to the same wave keeps the response_id. expires_at is the first instant that is too late.
CREATE TABLE invitation (
    token_sha256 VARCHAR NOT NULL,
    survey VARCHAR NOT NULL,
    wave VARCHAR NOT NULL,
    member_id VARCHAR NOT NULL,
    tier VARCHAR,
    language VARCHAR,
    response_id UUID NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

-- What was done to an invitation later, append-only: revoked.
CREATE TABLE invitation_event (
    token_sha256 VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    happened_at TIMESTAMP NOT NULL
);

-- Every token with what became of it; is_latest marks the last one a member got for a wave.
CREATE VIEW invitation_state AS
SELECT i.token_sha256, i.survey, i.wave, i.member_id, i.tier, i.language, i.response_id, i.created_at, i.expires_at,
       EXISTS (
           SELECT 1 FROM invitation_event AS e WHERE e.token_sha256 = i.token_sha256 AND e.event = 'revoked'
       ) AS is_revoked,
       EXISTS (SELECT 1 FROM response AS r WHERE r.response_id = i.response_id) AS is_answered,
       NOT EXISTS (
           SELECT 1
           FROM invitation AS later
           WHERE later.response_id = i.response_id AND later.created_at > i.created_at
       ) AS is_latest
FROM invitation AS i;
