-- How far imports of large files have come: a part at a time is stored, so that nobody who answers meanwhile waits long.

-- One row a part that was stored: the number of its last row in the file, and what had become of rows up to there. An
-- import of which import_batch knows nothing was stopped; the next one of the same file and mapping goes on after the row.
CREATE TABLE import_part (
    import_id VARCHAR NOT NULL,
    survey VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    mapping_sha256 VARCHAR NOT NULL,
    last_row BIGINT NOT NULL,
    stored BIGINT NOT NULL,
    known BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    changed_rows BIGINT[] NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
