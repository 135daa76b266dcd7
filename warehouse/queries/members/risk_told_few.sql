-- What happened before the local day $until to those of the $part of whom it is asked? As members/risk_told, of few, looked
-- up where their events lie: sealed, and from the row $events on.
CREATE OR REPLACE TEMP TABLE risk_told AS
WITH own AS (
    SELECT a.member_id, a.member_id AS stated_id
    FROM risk_asked AS a
    WHERE a.part = $part AND a.member_id NOT IN (SELECT o.member_id FROM member_alias AS o)
    UNION ALL
    SELECT o.kept_id, o.member_id
    FROM member_alias AS o
    WHERE o.kept_id IN (SELECT a.member_id FROM risk_asked AS a WHERE a.part = $part)
), few AS (
    SELECT unnest(list({'member_id': o.member_id, 'stated_id': o.stated_id, 'key': place_key(o.stated_id)})) AS one FROM own AS o
), lies AS (
    SELECT unnest(list({'member_id': f.one.member_id, 'stated_id': f.one.stated_id, 'place': p.place})) AS one
    FROM few AS f
    JOIN (
        SELECT s.key, s.place FROM event_place_sealed AS s
        UNION ALL
        SELECT place_key(e.member_id), e.rowid FROM member_event AS e WHERE e.rowid >= $events
    ) AS p ON p.key = f.one.key
)
SELECT l.one.member_id AS member_id, e.event, e.day, e.amount, e.tier, e.happened_at, e.recorded_at
FROM member_event AS e
JOIN lies AS l ON l.one.place = e.rowid AND l.one.stated_id = e.member_id
WHERE e.day < CAST($until AS DATE) AND NOT EXISTS (
    SELECT 1 FROM member_event_replaced AS r WHERE r.event_key = e.event_key AND r.revision = e.revision);
