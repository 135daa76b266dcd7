-- What the parties did about a period of their contract: the report on it, relief asked for and approved, services ordered.

-- Append-only, in the order of `number`. `detail` is the ground of a relief, "" for one taken back, or the number of
-- orders of a service; `day` the local day on which it happened.
CREATE TABLE proceeding (
    number BIGINT NOT NULL,
    contract VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    day DATE NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
