-- Care: its plan, who agrees to be contacted, and what is due and given.

-- Care plan.
CREATE TABLE care_plan_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    occasion VARCHAR,
    month BIGINT,
    day_of_month BIGINT,
    channel VARCHAR,
    greeting VARCHAR,
    in_force_on DATE,
    ended_on DATE
);

CREATE MACRO care_plan_until(until) AS TABLE
SELECT t.*
FROM care_plan_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM care_plan_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW care_plan AS SELECT t.* FROM care_plan_until(TIMESTAMP '9999-12-31') AS t;

-- Consent to be contacted.
CREATE TABLE care_consent_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    member_id VARCHAR,
    agrees BOOLEAN,
    said_on DATE,
    source VARCHAR
);

CREATE MACRO care_consent_until(until) AS TABLE
SELECT t.*
FROM care_consent_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM care_consent_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW care_consent AS SELECT t.* FROM care_consent_until(TIMESTAMP '9999-12-31') AS t;

-- Care due and given.
CREATE TABLE care_task_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    plan VARCHAR,
    occasion VARCHAR,
    member_id VARCHAR,
    due_on DATE,
    channel VARCHAR,
    given_on DATE,
    note VARCHAR
);

CREATE MACRO care_task_until(until) AS TABLE
SELECT t.*
FROM care_task_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM care_task_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW care_task AS SELECT t.* FROM care_task_until(TIMESTAMP '9999-12-31') AS t;

