-- Makes the table of a type of records, with what every table of records begins with.
CREATE TABLE "{table}" (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);
