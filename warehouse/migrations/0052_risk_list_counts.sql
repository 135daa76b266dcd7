-- The list of who is at risk says how many are in it, and which of its rows do not hold any more: neither is looked for among millions.
-- It is made anew when it is asked for.

-- Of what is the list: before which local day, with the classes by which contract version; up to where responses and records of
-- cases are in it and in what is beside it; how many are in it, and how many for each reason.
DROP TABLE risk_listed;
CREATE TABLE risk_listed (
    until DATE NOT NULL,
    contract VARCHAR NOT NULL,
    responses BIGINT NOT NULL,
    cases BIGINT NOT NULL,
    members BIGINT NOT NULL,
    lapsed BIGINT NOT NULL,
    complaint BIGINT NOT NULL,
    low_score BIGINT NOT NULL,
    falling BIGINT NOT NULL,
    silent BIGINT NOT NULL
);

-- The rows of the list of those of whom it is told beside it.
CREATE TABLE risk_left (
    key UBIGINT NOT NULL,
    place BIGINT NOT NULL,
    marks BIGINT NOT NULL,
    lapsed BIGINT NOT NULL,
    complaint BIGINT NOT NULL,
    low_score BIGINT NOT NULL,
    falling BIGINT NOT NULL,
    silent BIGINT NOT NULL
);

-- The members whom anything concerns from these rows on of events, files, events replaced and merges, as they count now and as they
-- counted when the register was sealed. With numbers for rows the engine reads no others.
CREATE MACRO member_touched_from(events, files, replaced, merges) AS TABLE
WITH touched AS (
    SELECT e.member_id FROM member_event AS e WHERE e.rowid >= events
    UNION
    SELECT f.member_id FROM member AS f WHERE f.rowid >= files
    UNION
    SELECT e.member_id
    FROM member_event AS e
    JOIN (SELECT unnest(list(r.event_key)) AS event_key FROM member_event_replaced AS r WHERE r.rowid >= replaced) AS v
        ON v.event_key = e.event_key
    UNION
    SELECT m.member_id FROM member_merge AS m WHERE m.rowid >= merges
)
SELECT coalesce(a.kept_id, t.member_id) AS member_id
FROM touched AS t
LEFT JOIN member_alias AS a ON a.member_id = t.member_id
UNION
SELECT coalesce(s.kept_id, t.member_id)
FROM touched AS t
LEFT JOIN member_alias_sealed AS s ON s.member_id = t.member_id;

CREATE OR REPLACE VIEW member_touched AS
SELECT t.member_id
FROM member_touched_from((SELECT k.events FROM register_mark AS k), (SELECT k.files FROM register_mark AS k),
                         (SELECT k.replaced FROM register_mark AS k), (SELECT k.merges FROM register_mark AS k)) AS t;
