-- Trainings: every row ever written about one, and the view of those that count now.

CREATE TABLE training_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    audience VARCHAR,
    planned_on DATE,
    held_on DATE,
    invited BIGINT,
    attended BIGINT,
    trainer VARCHAR,
    note VARCHAR
);

CREATE VIEW training AS
SELECT t.*
FROM training_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM training_record AS r GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;
