-- Whom does anything concern that lies above the marks of the register, and where do its events and files lie? Nothing where that
-- are more than $most rows, or bars are new, which concerns everybody.
WITH reach AS (
    SELECT (SELECT count(*) FROM member_event) AS events, (SELECT count(*) FROM member) AS files,
           (SELECT count(*) FROM member_event_replaced) AS replaced, (SELECT count(*) FROM member_merge) AS merges
), above AS (
    SELECT range(k.events, r.events) AS events, range(k.files, r.files) AS files,
           range(k.replaced, r.replaced) AS replaced, range(k.merges, r.merges) AS merges
    FROM reach AS r, register_mark AS k
    WHERE r.events - k.events + r.files - k.files + r.replaced - k.replaced + r.merges - k.merges <= $most
      AND NOT EXISTS (SELECT 1 FROM tier_rules_used AS u WHERE NOT u.is_sealed)
), event AS MATERIALIZED (
    SELECT e.member_id, e.rowid AS place
    FROM member_event AS e
    JOIN (SELECT unnest(a.events) AS place FROM above AS a) AS l ON l.place = e.rowid
), file AS MATERIALIZED (
    SELECT f.member_id, f.rowid AS place
    FROM member AS f
    JOIN (SELECT unnest(a.files) AS place FROM above AS a) AS l ON l.place = f.rowid
), touched AS (
    SELECT e.member_id FROM event AS e
    UNION
    SELECT f.member_id FROM file AS f
    UNION
    SELECT e.member_id
    FROM member_event AS e
    JOIN (
        SELECT r.event_key
        FROM member_event_replaced AS r
        JOIN (SELECT unnest(a.replaced) AS place FROM above AS a) AS l ON l.place = r.rowid
    ) AS v ON v.event_key = e.event_key
    UNION
    SELECT m.member_id
    FROM member_merge AS m
    JOIN (SELECT unnest(a.merges) AS place FROM above AS a) AS l ON l.place = m.rowid
), changed AS (
    SELECT coalesce(a.kept_id, t.member_id) AS member_id
    FROM touched AS t
    LEFT JOIN member_alias AS a ON a.member_id = t.member_id
    UNION
    SELECT coalesce(s.kept_id, t.member_id)
    FROM touched AS t
    LEFT JOIN member_alias_sealed AS s ON s.member_id = t.member_id
)
SELECT coalesce((SELECT list({'key': place_key(e.member_id), 'place': e.place}) FROM event AS e), []) AS few_events,
       coalesce((SELECT list({'key': place_key(f.member_id), 'place': f.place}) FROM file AS f), []) AS few_files,
       coalesce((SELECT list(c.member_id) FROM changed AS c), []) AS few_members
FROM above AS a;
