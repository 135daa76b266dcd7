-- The records of which a register of millions brings millions: cases, what members say of being contacted, and care. Of each type: the
-- newest row of every record that counts, in the order in which lists show them, so that nobody looks for it among all rows.

-- In which rows of its table something stands about a record. A number is known whatever its small and capital letters are.
CREATE MACRO record_key(type, number) AS md5_number_lower(type || '/' || lower(number));

CREATE TABLE record_place_sealed (
    key UBIGINT NOT NULL,
    place BIGINT NOT NULL
);

-- Up to which row each of the tables is sealed.
CREATE VIEW record_mark AS
SELECT coalesce(max(k.sealed_to) FILTER (k.source = 'service_case_record'), 0) AS cases,
       coalesce(max(k.sealed_to) FILTER (k.source = 'care_consent_record'), 0) AS consents,
       coalesce(max(k.sealed_to) FILTER (k.source = 'care_task_record'), 0) AS tasks
FROM rollup_mark AS k;

CREATE VIEW record_place AS
SELECT s.key, s.place FROM record_place_sealed AS s
UNION ALL
SELECT record_key('service_case', t.record_id), t.rowid FROM service_case_record AS t WHERE t.rowid >= (SELECT k.cases FROM record_mark AS k)
UNION ALL
SELECT record_key('care_consent', t.record_id), t.rowid FROM care_consent_record AS t WHERE t.rowid >= (SELECT k.consents FROM record_mark AS k)
UNION ALL
SELECT record_key('care_task', t.record_id), t.rowid FROM care_task_record AS t WHERE t.rowid >= (SELECT k.tasks FROM record_mark AS k);

-- What came since, by record: where its newest row lies. Rows are only added, so whatever was sealed of it is older.
CREATE VIEW service_fresh AS
SELECT record_key('service_case', t.record_id) AS key, max_by(t.rowid, t.revision) AS place, min(t.revision) AS first_revision
FROM service_case_record AS t
WHERE t.rowid >= (SELECT k.cases FROM record_mark AS k)
GROUP BY t.record_id;

CREATE VIEW consent_fresh AS
SELECT record_key('care_consent', t.record_id) AS key, max_by(t.rowid, t.revision) AS place, min(t.revision) AS first_revision
FROM care_consent_record AS t
WHERE t.rowid >= (SELECT k.consents FROM record_mark AS k)
GROUP BY t.record_id;

CREATE VIEW care_fresh AS
SELECT record_key('care_task', t.record_id) AS key, max_by(t.rowid, t.revision) AS place, min(t.revision) AS first_revision
FROM care_task_record AS t
WHERE t.rowid >= (SELECT k.tasks FROM record_mark AS k)
GROUP BY t.record_id;

-- Where the sealed rows lie for which something that was said since stands. Among ten million numbers two have the same key in one
-- register of 370,000; the doctor says so.
CREATE MACRO record_gone(fresh) AS TABLE
SELECT unnest(list(p.place)) AS place
FROM query_table(fresh) AS f
JOIN record_place_sealed AS p ON p.key = f.key
WHERE f.first_revision > 1;

-- The newest row of each record at places, withdrawn ones left out, with what lists and metrics ask of it. As a list the places are few to
-- who plans it: else all rows of the table are put into the memory, and these looked up.
CREATE MACRO service_now_at(places) AS TABLE
SELECT t.received_at, t.record_id, t.rowid AS place, t.received_day, t.category, t.severity, t.member_id, t.first_response_at, t.first_response_day,
       t.resolved_at, t.resolved_day, t.reopened_at, t.reopened_day, t.resolved_again_at, t.resolved_again_day, t.paused_at,
       t.handling_score, t.respond_by_at, t.resolve_by_at
FROM service_case_record AS t
JOIN (SELECT unnest(list(q.place)) AS place FROM query_table(places) AS q) AS f ON f.place = t.rowid
WHERE NOT t.withdrawn;

CREATE MACRO consent_now_at(places) AS TABLE
SELECT t.said_on, t.record_id, t.rowid AS place, t.member_id, t.agrees, t.recorded_at
FROM care_consent_record AS t
JOIN (SELECT unnest(list(q.place)) AS place FROM query_table(places) AS q) AS f ON f.place = t.rowid
WHERE NOT t.withdrawn;

CREATE MACRO care_now_at(places) AS TABLE
SELECT t.due_on, t.rowid AS place, t.occasion, t.channel, t.plan, t.member_id, t.given_on
FROM care_task_record AS t
JOIN (SELECT unnest(list(q.place)) AS place FROM query_table(places) AS q) AS f ON f.place = t.rowid
WHERE NOT t.withdrawn;

CREATE TABLE service_now_sealed (
    received_at TIMESTAMP,
    record_id VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    received_day DATE,
    category VARCHAR,
    severity VARCHAR,
    member_id VARCHAR,
    first_response_at TIMESTAMP,
    first_response_day DATE,
    resolved_at TIMESTAMP,
    resolved_day DATE,
    reopened_at TIMESTAMP,
    reopened_day DATE,
    resolved_again_at TIMESTAMP,
    resolved_again_day DATE,
    paused_at TIMESTAMP,
    handling_score BIGINT,
    respond_by_at TIMESTAMP,
    resolve_by_at TIMESTAMP
);

CREATE TABLE consent_now_sealed (
    said_on DATE,
    record_id VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    member_id VARCHAR,
    agrees BOOLEAN,
    recorded_at TIMESTAMP NOT NULL
);

CREATE TABLE care_now_sealed (
    due_on DATE,
    place BIGINT NOT NULL,
    occasion VARCHAR,
    channel VARCHAR,
    plan VARCHAR,
    member_id VARCHAR,
    given_on DATE
);

CREATE VIEW service_now AS
SELECT s.* FROM service_now_sealed AS s
WHERE s.place NOT IN (SELECT g.place FROM record_gone('service_fresh') AS g)
UNION ALL
SELECT n.* FROM service_now_at('service_fresh') AS n;

CREATE VIEW consent_now AS
SELECT s.* FROM consent_now_sealed AS s
WHERE s.place NOT IN (SELECT g.place FROM record_gone('consent_fresh') AS g)
UNION ALL
SELECT n.* FROM consent_now_at('consent_fresh') AS n;

CREATE VIEW care_now AS
SELECT s.* FROM care_now_sealed AS s
WHERE s.place NOT IN (SELECT g.place FROM record_gone('care_fresh') AS g)
UNION ALL
SELECT n.* FROM care_now_at('care_fresh') AS n;

-- How much care is due on a day and was given on which.
CREATE TABLE care_day_sealed (
    due_on DATE,
    occasion VARCHAR,
    given_on DATE,
    n BIGINT NOT NULL
);

CREATE VIEW care_day_tail AS
SELECT n.due_on, n.occasion, n.given_on, 1 AS n FROM care_now_at('care_fresh') AS n
UNION ALL
SELECT s.due_on, s.occasion, s.given_on, -1
FROM care_now_sealed AS s
WHERE s.place IN (SELECT g.place FROM record_gone('care_fresh') AS g);

CREATE VIEW care_day AS
SELECT s.due_on, s.occasion, s.given_on, s.n FROM care_day_sealed AS s
UNION ALL
SELECT t.due_on, t.occasion, t.given_on, t.n FROM care_day_tail AS t;

-- For which plan and day so many rows were ever written, withdrawn ones too: what was made is not made again. is_first says that a plan made
-- it, as its first row.
CREATE TABLE care_made_sealed (
    plan VARCHAR,
    due_on DATE,
    is_first BOOLEAN NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW care_made AS
SELECT s.plan, s.due_on, s.is_first, s.n FROM care_made_sealed AS s
UNION ALL
SELECT t.plan, t.due_on, t.recorded_by = 'plan' AND t.revision = 1, 1
FROM care_task_record AS t
WHERE t.rowid >= (SELECT k.tasks FROM record_mark AS k);
