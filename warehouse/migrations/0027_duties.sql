-- What else the contract asks for: checks, plan, measures, campaigns, budget, incidents, requests to the mediator.

-- Checks of service standards.
CREATE TABLE service_check_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    standard VARCHAR,
    checked_on DATE,
    result VARCHAR,
    finding VARCHAR,
    remedied_on DATE,
    checked_by VARCHAR
);

CREATE MACRO service_check_until(until) AS TABLE
SELECT t.*
FROM service_check_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM service_check_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW service_check AS SELECT t.* FROM service_check_until(TIMESTAMP '9999-12-31') AS t;

-- Service plan.
CREATE TABLE plan_item_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    clause VARCHAR,
    due_on DATE,
    delivered_on DATE,
    approved_by VARCHAR,
    approved_at TIMESTAMP,
    approved_day DATE,
    owner VARCHAR,
    note VARCHAR
);

CREATE MACRO plan_item_until(until) AS TABLE
SELECT t.*
FROM plan_item_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM plan_item_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW plan_item AS SELECT t.* FROM plan_item_until(TIMESTAMP '9999-12-31') AS t;

-- Improvement plan.
CREATE TABLE improvement_action_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    clause VARCHAR,
    metric VARCHAR,
    due_on DATE,
    done_on DATE,
    figure_before DECIMAL(18, 2),
    figure_after DECIMAL(18, 2),
    owner VARCHAR,
    note VARCHAR
);

CREATE MACRO improvement_action_until(until) AS TABLE
SELECT t.*
FROM improvement_action_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM improvement_action_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW improvement_action AS SELECT t.* FROM improvement_action_until(TIMESTAMP '9999-12-31') AS t;

-- Campaigns.
CREATE TABLE campaign_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    channel VARCHAR,
    started_on DATE,
    ended_on DATE,
    cost DECIMAL(18, 2),
    new_members BIGINT,
    note VARCHAR
);

CREATE MACRO campaign_until(until) AS TABLE
SELECT t.*
FROM campaign_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM campaign_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW campaign AS SELECT t.* FROM campaign_until(TIMESTAMP '9999-12-31') AS t;

-- Budget.
CREATE TABLE budget_line_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    booked_on DATE,
    planned DECIMAL(18, 2),
    spent DECIMAL(18, 2),
    note VARCHAR
);

CREATE MACRO budget_line_until(until) AS TABLE
SELECT t.*
FROM budget_line_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM budget_line_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW budget_line AS SELECT t.* FROM budget_line_until(TIMESTAMP '9999-12-31') AS t;

-- Data security incidents.
CREATE TABLE security_incident_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    severity VARCHAR,
    found_at TIMESTAMP,
    found_day DATE,
    told_at TIMESTAMP,
    told_day DATE,
    note VARCHAR
);

CREATE MACRO security_incident_until(until) AS TABLE
SELECT t.*
FROM security_incident_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM security_incident_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW security_incident AS SELECT t.* FROM security_incident_until(TIMESTAMP '9999-12-31') AS t;

-- Requests to the mediator.
CREATE TABLE mediation_request_record (
    record_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    title VARCHAR,
    asked_on DATE,
    due_on DATE,
    answered_on DATE,
    answer VARCHAR,
    papers VARCHAR,
    fee DECIMAL(18, 2),
    share_a BIGINT
);

CREATE MACRO mediation_request_until(until) AS TABLE
SELECT t.*
FROM mediation_request_record AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM mediation_request_record AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;

CREATE VIEW mediation_request AS SELECT t.* FROM mediation_request_until(TIMESTAMP '9999-12-31') AS t;

