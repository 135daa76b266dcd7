-- Withdrawals of records and other values for what stood, with their reason, and who agreed to them: only added to.
CREATE TABLE record_change (
    change_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    withdraws BOOLEAN,
    day DATE,
    reason VARCHAR NOT NULL,
    fields VARCHAR,
    made BIGINT
);
