-- What happened to this member, and to the duplicates that count as it, the latest first?
WITH own AS (
    -- Who is meant goes first, so that of all events those of few are looked for.
    SELECT $member AS member_id
    WHERE NOT EXISTS (SELECT 1 FROM member_alias AS d WHERE d.member_id = $member)
    UNION ALL
    SELECT a.member_id FROM member_alias AS a WHERE a.kept_id = $member
)
SELECT e.happened_at, e.day, e.event, e.amount, e.tier, e.reason, e.recorded_by, e.member_id AS stated_id
FROM member_event AS e
WHERE e.member_id IN (SELECT o.member_id FROM own AS o)
  AND NOT EXISTS (SELECT 1 FROM member_event_replaced AS r WHERE r.event_key = e.event_key AND r.revision = e.revision)
ORDER BY e.happened_at DESC, e.recorded_at DESC;
