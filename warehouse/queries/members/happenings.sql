-- What happened to this member, the latest first?
SELECT h.happened_at, h.day, h.event, h.amount, h.tier, h.reason, h.recorded_by, h.stated_id
FROM member_history AS h
WHERE h.member_id = $member
ORDER BY h.happened_at DESC, h.recorded_at DESC;
