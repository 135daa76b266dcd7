-- Fees due and paid, surveys by plan, what staff and those trained said.

-- Surveys that were planned.
CREATE TABLE survey_plan_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    survey VARCHAR,
    wave VARCHAR,
    due_on DATE,
    tier VARCHAR,
    rest_days BIGINT,
    owner VARCHAR,
    note VARCHAR
);

CREATE MACRO survey_plan_until(until) AS TABLE
SELECT t.*
FROM survey_plan_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM survey_plan_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW survey_plan AS SELECT t.* FROM survey_plan_until(TIMESTAMP '9999-12-31') AS t;

-- What staff said of their work, in numbers.
CREATE TABLE staff_survey_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    audience VARCHAR,
    asked_on DATE,
    answered BIGINT,
    satisfied BIGINT,
    note VARCHAR
);

CREATE MACRO staff_survey_until(until) AS TABLE
SELECT t.*
FROM staff_survey_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM staff_survey_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW staff_survey AS SELECT t.* FROM staff_survey_until(TIMESTAMP '9999-12-31') AS t;

-- Fees, shares of the mediator's fee and refunds, due and paid.
CREATE TABLE payment_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    what VARCHAR,
    payer VARCHAR,
    amount DECIMAL(18, 2),
    due_on DATE,
    paid_on DATE,
    note VARCHAR
);

CREATE MACRO payment_until(until) AS TABLE
SELECT t.*
FROM payment_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM payment_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW payment AS SELECT t.* FROM payment_until(TIMESTAMP '9999-12-31') AS t;

-- Trainings: how many said afterwards what it was worth, and how many of them were content.
DROP VIEW training;
ALTER TABLE training_record ADD COLUMN answered BIGINT;
ALTER TABLE training_record ADD COLUMN satisfied BIGINT;
CREATE VIEW training AS SELECT t.* FROM training_until(TIMESTAMP '9999-12-31') AS t;
