-- The hours in which the clock of a limit runs, and the days on which people work or do not: agreed and announced, not of the software alone.
DROP VIEW case_limit;
ALTER TABLE case_limit_record ADD COLUMN opens TIME;
ALTER TABLE case_limit_record ADD COLUMN closes TIME;
CREATE VIEW case_limit AS SELECT t.* FROM case_limit_until(TIMESTAMP '9999-12-31') AS t;

CREATE TABLE work_day_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    day DATE,
    is_working BOOLEAN,
    note VARCHAR
);

CREATE MACRO work_day_until(until) AS TABLE
SELECT t.*
FROM work_day_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM work_day_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW work_day AS SELECT t.* FROM work_day_until(TIMESTAMP '9999-12-31') AS t;
