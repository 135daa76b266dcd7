-- Cases with their time limits and the rules that open them, and what counted of trainings by an instant.

-- Cases.
CREATE TABLE service_case_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    subject VARCHAR,
    category VARCHAR,
    severity VARCHAR,
    channel VARCHAR,
    received_at TIMESTAMP,
    received_day DATE,
    first_response_at TIMESTAMP,
    first_response_day DATE,
    resolved_at TIMESTAMP,
    resolved_day DATE,
    reopened_at TIMESTAMP,
    reopened_day DATE,
    resolved_again_at TIMESTAMP,
    resolved_again_day DATE,
    paused_at TIMESTAMP,
    paused_day DATE,
    paused_minutes BIGINT,
    handling_score BIGINT,
    member_id VARCHAR,
    owner VARCHAR,
    note VARCHAR,
    respond_by_at TIMESTAMP,
    respond_by_day DATE,
    resolve_by_at TIMESTAMP,
    resolve_by_day DATE
);

CREATE MACRO service_case_until(until) AS TABLE
SELECT t.*
FROM service_case_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM service_case_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW service_case AS SELECT t.* FROM service_case_until(TIMESTAMP '9999-12-31') AS t;

-- Time limits of cases.
CREATE TABLE case_limit_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    severity VARCHAR,
    clock VARCHAR,
    respond_minutes BIGINT,
    resolve_minutes BIGINT,
    in_force_on DATE
);

CREATE MACRO case_limit_until(until) AS TABLE
SELECT t.*
FROM case_limit_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM case_limit_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW case_limit AS SELECT t.* FROM case_limit_until(TIMESTAMP '9999-12-31') AS t;

-- Cases from low scores.
CREATE TABLE case_rule_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    survey VARCHAR,
    question VARCHAR,
    at_most BIGINT,
    severity VARCHAR,
    in_force_on DATE
);

CREATE MACRO case_rule_until(until) AS TABLE
SELECT t.*
FROM case_rule_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM case_rule_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW case_rule AS SELECT t.* FROM case_rule_until(TIMESTAMP '9999-12-31') AS t;


-- The trainings that counted by an instant, as they were recorded.
CREATE MACRO training_until(until) AS TABLE
SELECT t.*
FROM training_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM training_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;
