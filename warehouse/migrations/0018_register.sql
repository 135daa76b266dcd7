-- The register as its owner keeps it: files of members, events that can be corrected, duplicates counted as one.

-- A member's file: each row is the whole file as it stood from recorded_at on, and the latest one counts. Texts are kept
-- as stated, valid or not; attributes is a JSON object of whatever else the register says.
ALTER TABLE member ADD COLUMN name VARCHAR;
ALTER TABLE member ADD COLUMN phone VARCHAR;
ALTER TABLE member ADD COLUMN email VARCHAR;
ALTER TABLE member ADD COLUMN birthday VARCHAR;
ALTER TABLE member ADD COLUMN gender VARCHAR;
ALTER TABLE member ADD COLUMN city VARCHAR;
ALTER TABLE member ADD COLUMN attributes VARCHAR;
ALTER TABLE member ADD COLUMN recorded_by VARCHAR;

-- event_key recognises an event that comes again; a correction is a row of the same key and the next revision.
-- New events: renewed, lapsed. A tier event without a tier lifts what was stated before.
ALTER TABLE member_event ADD COLUMN event_key UUID;
ALTER TABLE member_event ADD COLUMN revision INTEGER;
ALTER TABLE member_event ADD COLUMN reason VARCHAR;
ALTER TABLE member_event ADD COLUMN recorded_by VARCHAR;

-- Revisions of events that a later one has taken the place of.
CREATE TABLE member_event_replaced (
    event_key UUID NOT NULL,
    revision INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- Two entries of the register are one person: member_id counts as kept_id. The latest row of a member_id counts, and one
-- that is undone counts for nothing.
CREATE TABLE member_merge (
    member_id VARCHAR NOT NULL,
    kept_id VARCHAR NOT NULL,
    undone BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    recorded_by VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- Files imported into the register: what was read and what became of it.
CREATE TABLE register_import (
    import_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    mapping_sha256 VARCHAR NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_stored BIGINT NOT NULL,
    rows_changed BIGINT NOT NULL,
    rows_known BIGINT NOT NULL,
    rows_refused BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- The classes of customers of a contract version, in order: the last one counts whose bar of deals or amount is reached,
-- within so many days where they are given.
CREATE TABLE contract_tier (
    sha256 VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    tier VARCHAR NOT NULL,
    min_deals BIGINT,
    min_amount DECIMAL(18, 2),
    within_days INTEGER
);
INSERT INTO contract_tier (sha256, place, tier, min_deals, min_amount, within_days)
SELECT c.sha256, t.place, t.rule.id, t.rule."minDeals", t.rule."minAmount", t.rule."withinDays"
FROM (SELECT v.sha256,
             unnest(from_json(json_extract(v.document, '$.spec.tiers'),
                              '[{"id":"VARCHAR","minDeals":"BIGINT","minAmount":"DECIMAL(18,2)","withinDays":"INTEGER"}]')) AS rule,
             generate_subscripts(from_json(json_extract(v.document, '$.spec.tiers'), '["JSON"]'), 1) AS place
      FROM contract_version AS v) AS t
JOIN contract_version AS c ON c.sha256 = t.sha256;

-- What follows is a macro that tells how the register stood when what was recorded after an instant was not known yet: a
-- sealed period is worked out again as it was. The view of the same name tells how it stands now.

-- Which entries of the register count as another one?
CREATE MACRO member_alias_until(known) AS TABLE
SELECT m.member_id, max_by(m.kept_id, m.recorded_at) AS kept_id
FROM member_merge AS m
WHERE m.recorded_at <= known
GROUP BY m.member_id
HAVING NOT max_by(m.undone, m.recorded_at);

-- The file of each member; a duplicate has none of its own.
CREATE MACRO member_file_until(known) AS TABLE
SELECT m.member_id, m.language, m.channel, m.name, m.phone, m.email, m.birthday, m.gender, m.city, m.attributes,
       m.is_example, m.recorded_by, m.recorded_at
FROM member AS m
WHERE m.recorded_at <= known
  AND NOT EXISTS (SELECT 1 FROM member_alias_until(known) AS a WHERE a.member_id = m.member_id)
QUALIFY row_number() OVER (PARTITION BY m.member_id ORDER BY m.recorded_at DESC) = 1;

-- What happened to members: the latest revision of each event, duplicates as one member.
CREATE MACRO member_history_until(known) AS TABLE
SELECT coalesce(a.kept_id, e.member_id) AS member_id, e.event, e.happened_at, e.day, e.month, e.amount, e.tier, e.reason,
       e.recorded_by, e.recorded_at, e.event_key, e.member_id AS stated_id
FROM member_event AS e
LEFT JOIN member_alias_until(known) AS a ON a.member_id = e.member_id
WHERE e.recorded_at <= known
  AND NOT EXISTS (SELECT 1
                  FROM member_event_replaced AS r
                  WHERE r.event_key = e.event_key AND r.revision = e.revision AND r.recorded_at <= known);

-- How membership really changed, whatever a register repeats or leaves out: joined, left and returned alternate. Who
-- joins, renews or returns is a member; who leaves or lapses is not. At one instant the order is that of the list.
CREATE MACRO member_step_until(known) AS TABLE
WITH said AS (
    SELECT h.member_id, h.event, h.happened_at, h.day, h.month, h.event IN ('joined', 'renewed', 'returned') AS inside,
           lag(h.event IN ('joined', 'renewed', 'returned'), 1, FALSE) OVER story AS was_inside,
           max(h.event IN ('joined', 'renewed', 'returned'))
               OVER (story ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS was_ever
    FROM member_history_until(known) AS h
    WHERE h.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')
    WINDOW story AS (PARTITION BY h.member_id ORDER BY h.happened_at, h.recorded_at,
                     list_position(['joined', 'renewed', 'lapsed', 'left', 'returned'], h.event), h.event_key)
)
SELECT s.member_id, CASE WHEN NOT s.inside THEN 'left' WHEN s.was_ever THEN 'returned' ELSE 'joined' END AS step,
       s.event AS cause, s.happened_at, s.day, s.month
FROM said AS s
WHERE s.inside <> s.was_inside;

CREATE VIEW member_alias AS SELECT * FROM member_alias_until(TIMESTAMP '9999-12-31');
CREATE VIEW member_file AS SELECT * FROM member_file_until(TIMESTAMP '9999-12-31');
CREATE VIEW member_history AS SELECT * FROM member_history_until(TIMESTAMP '9999-12-31');
CREATE VIEW member_step AS SELECT * FROM member_step_until(TIMESTAMP '9999-12-31');
