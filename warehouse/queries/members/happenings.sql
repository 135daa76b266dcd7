-- What happened to this member, and to the duplicates that count as it, the latest first?
WITH own AS (
    SELECT $member AS member_id
    WHERE NOT EXISTS (SELECT 1 FROM member_alias AS d WHERE d.member_id = $member)
    UNION ALL
    SELECT a.member_id FROM member_alias AS a WHERE a.kept_id = $member
), lies AS (
    SELECT p.place, o.member_id FROM own AS o JOIN event_place AS p ON p.key = place_key(o.member_id)
)
SELECT e.happened_at, e.day, e.event, e.amount, e.tier, e.reason, e.recorded_by, e.member_id AS stated_id
FROM member_event AS e
JOIN lies AS l ON l.place = e.rowid AND l.member_id = e.member_id
WHERE NOT EXISTS (SELECT 1 FROM member_event_replaced AS r WHERE r.event_key = e.event_key AND r.revision = e.revision)
ORDER BY e.happened_at DESC, e.recorded_at DESC;
