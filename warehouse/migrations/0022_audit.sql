-- Who did what, when, to what: append-only, each row with the hash of the one before, so that a row changed or taken out is
-- found. No answer, no name of a member, no address of a machine is in it.
CREATE TABLE audit_event (
    seq BIGINT NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    details VARCHAR NOT NULL,
    previous VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL
);
