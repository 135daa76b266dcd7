-- What waits to be sealed is looked up by the members whom it concerns: with millions of them a look at every event took seconds.

-- As before; where no bars are new, nobody's events are looked at for them: what is joined with nothing is not read. Among them
-- may be who has no events that count: nothing follows from that.
CREATE OR REPLACE VIEW tier_touched AS
SELECT t.member_id, bool_or(t.is_changed) AS is_changed
FROM (
    SELECT c.member_id, TRUE AS is_changed FROM member_touched AS c
    UNION ALL
    SELECT coalesce(a.kept_id, d.member_id), FALSE
    FROM (
        SELECT DISTINCT e.member_id
        FROM member_event AS e
        JOIN (SELECT TRUE AS is_there FROM tier_rules_used AS u WHERE NOT u.is_sealed LIMIT 1) AS fresh
            ON fresh.is_there = (e.member_id IS NOT NULL)
    ) AS d
    LEFT JOIN member_alias AS a ON a.member_id = d.member_id
) AS t
GROUP BY t.member_id;

-- What member_history_of says, of few: their events are looked up in `places` (event_place, or one like it) instead of looking at
-- all. They and where their events lie go through lists, so that the engine knows them for the few.
CREATE MACRO member_history_at(who, places) AS TABLE
WITH own AS (
    SELECT 1 AS n, c.member_id, c.member_id AS stated_id
    FROM query_table(who) AS c
    WHERE c.member_id NOT IN (SELECT a.member_id FROM member_alias AS a)
    UNION ALL
    SELECT 1, a.kept_id, a.member_id FROM member_alias AS a WHERE a.kept_id IN (SELECT c.member_id FROM query_table(who) AS c)
    UNION ALL
    SELECT -1, c.member_id, c.member_id
    FROM query_table(who) AS c
    WHERE c.member_id NOT IN (SELECT s.member_id FROM member_alias_sealed AS s)
    UNION ALL
    SELECT -1, s.kept_id, s.member_id
    FROM member_alias_sealed AS s
    WHERE s.kept_id IN (SELECT c.member_id FROM query_table(who) AS c)
), few AS (
    SELECT unnest(list({'n': o.n, 'member_id': o.member_id, 'stated_id': o.stated_id, 'key': place_key(o.stated_id)})) AS one
    FROM own AS o
), lies AS (
    SELECT unnest(list({'n': f.one.n, 'member_id': f.one.member_id, 'stated_id': f.one.stated_id, 'place': p.place})) AS one
    FROM few AS f
    JOIN query_table(places) AS p ON p.key = f.one.key
    WHERE f.one.n = 1 OR p.place < (SELECT k.events FROM register_mark AS k)
)
SELECT l.one.n AS n, l.one.member_id AS member_id, e.event, e.happened_at, e.recorded_at, e.day, e.event_key, e.amount, e.tier
FROM member_event AS e
JOIN lies AS l ON l.one.place = e.rowid AND l.one.stated_id = e.member_id
WHERE CASE WHEN l.one.n = 1
           THEN NOT EXISTS (SELECT 1 FROM member_event_replaced AS r WHERE r.event_key = e.event_key AND r.revision = e.revision)
           ELSE NOT EXISTS (
               SELECT 1 FROM member_event_replaced AS r
               WHERE r.event_key = e.event_key AND r.revision = e.revision
                 AND r.rowid < (SELECT k.replaced FROM register_mark AS k)) END;
CREATE OR REPLACE VIEW member_history_tail AS SELECT * FROM member_history_at('member_changed', 'event_place');

-- What happened to those whose classes are in the tail: where bars are new, also to those for whom nothing changed.
CREATE VIEW tier_history_tail AS
SELECT h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.amount, h.tier FROM member_history_tail AS h WHERE h.n = 1
UNION ALL
SELECT w.member_id, e.event, e.happened_at, e.recorded_at, e.day, e.amount, e.tier
FROM member_event AS e
JOIN (SELECT TRUE AS is_there FROM tier_rules_used AS u WHERE NOT u.is_sealed LIMIT 1) AS fresh
    ON fresh.is_there = (e.member_id IS NOT NULL)
LEFT JOIN member_alias AS a ON a.member_id = e.member_id
JOIN tier_who_tail AS w ON w.member_id = coalesce(a.kept_id, e.member_id) AND NOT w.is_changed
WHERE NOT EXISTS (
    SELECT 1 FROM member_event_replaced AS r WHERE r.event_key = e.event_key AND r.revision = e.revision);

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
