-- Which steps of the schema were carried out, with the checksum of each one's text.
CREATE TABLE IF NOT EXISTS migration (
    number INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);
