-- What waits to be sealed is looked up by places where it concerns few, and told from all events where it concerns many: after one
-- purchase in a register of millions a look at every event took seconds, and lists of everybody's events have no room.
-- Who reads says the few in variables of the connection; while they are not set, many are taken. Both tell the same.

-- The members whom anything since the marks concerns.
CREATE OR REPLACE VIEW member_changed AS
SELECT unnest(CAST(getvariable('few_members') AS VARCHAR[])) AS member_id
UNION ALL
SELECT unnest(list(t.member_id)) FROM member_touched AS t WHERE getvariable('few_members') IS NULL;

CREATE OR REPLACE VIEW event_place AS
SELECT s.key, s.place FROM event_place_sealed AS s
UNION ALL
SELECT l.one.key, l.one.place
FROM (SELECT unnest(CAST(getvariable('few_events') AS STRUCT(key UBIGINT, place BIGINT)[])) AS one) AS l
UNION ALL
SELECT place_key(e.member_id), e.rowid
FROM member_event AS e
WHERE getvariable('few_members') IS NULL AND e.rowid >= (SELECT k.events FROM register_mark AS k);

CREATE OR REPLACE VIEW file_place AS
SELECT s.key, s.place FROM file_place_sealed AS s
UNION ALL
SELECT l.one.key, l.one.place
FROM (SELECT unnest(CAST(getvariable('few_files') AS STRUCT(key UBIGINT, place BIGINT)[])) AS one) AS l
UNION ALL
SELECT place_key(f.member_id), f.rowid
FROM member AS f
WHERE getvariable('few_members') IS NULL AND f.rowid >= (SELECT k.files FROM register_mark AS k);

CREATE OR REPLACE VIEW member_history_tail AS
SELECT * FROM member_history_at('member_changed', 'event_place') WHERE getvariable('few_members') IS NOT NULL
UNION ALL
SELECT * FROM member_history_of('member_changed') WHERE getvariable('few_members') IS NULL;

-- What file_version_of says, of few: their files are looked up.
CREATE MACRO file_version_at(who) AS TABLE
WITH lies AS (
    SELECT unnest(list({'member_id': c.member_id, 'place': p.place})) AS one
    FROM query_table(who) AS c
    JOIN file_place AS p ON p.key = place_key(c.member_id)
)
SELECT s.n, f.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.channel, f.recorded_at, f.rowid AS place
FROM member AS f
JOIN lies AS l ON l.one.place = f.rowid AND l.one.member_id = f.member_id
JOIN (VALUES (1), (-1)) AS s (n) ON s.n = 1 OR f.rowid < (SELECT k.files FROM register_mark AS k);
CREATE OR REPLACE VIEW file_version_tail AS
SELECT * FROM file_version_at('member_changed') WHERE getvariable('few_members') IS NOT NULL
UNION ALL
SELECT * FROM file_version_of('member_changed') WHERE getvariable('few_members') IS NULL;

-- Of few no bars are new.
CREATE OR REPLACE VIEW tier_who_tail AS
SELECT c.member_id, TRUE AS is_changed FROM member_changed AS c WHERE getvariable('few_members') IS NOT NULL
UNION ALL
SELECT l.one.member_id, l.one.is_changed
FROM (
    SELECT unnest(list({'member_id': w.member_id, 'is_changed': w.is_changed})) AS one
    FROM tier_touched AS w
    WHERE getvariable('few_members') IS NULL
) AS l;

CREATE VIEW tier_history_tail AS
SELECT h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.amount, h.tier
FROM member_history_at('member_changed', 'event_place') AS h
WHERE h.n = 1 AND getvariable('few_members') IS NOT NULL
UNION ALL
SELECT h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.amount, h.tier
FROM member_history AS h
WHERE getvariable('few_members') IS NULL;

CREATE OR REPLACE VIEW tier_version_tail AS
SELECT t.n, t.member_id, t.name, t.phone, t.email, t.birthday, t.gender, t.city, t.recorded_at, t.place FROM file_version_tail AS t
UNION ALL
SELECT 1, f.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.recorded_at, f.rowid
FROM member AS f
JOIN tier_who_tail AS w ON w.member_id = f.member_id AND NOT w.is_changed
WHERE getvariable('few_members') IS NULL;

CREATE OR REPLACE VIEW tier_span_tail AS
SELECT 1 AS n, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_of('tier_who_tail', 'tier_history_tail') AS s
UNION ALL
SELECT -1, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_sealed AS s
JOIN tier_who_tail AS w ON w.member_id = s.member_id AND w.is_changed;

CREATE OR REPLACE VIEW tier_span AS
SELECT s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_sealed AS s
WHERE NOT EXISTS (SELECT 1 FROM tier_who_tail AS w WHERE w.member_id = s.member_id AND w.is_changed)
UNION ALL
SELECT t.rules, t.member_id, t.since, t.until, t.tier, t.is_member, t.is_stated, t.channel, t.joined_on
FROM tier_span_of('tier_who_tail', 'tier_history_tail') AS t;
