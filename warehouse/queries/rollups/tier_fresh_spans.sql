-- Their classes as they are now (n = 1) and as they were sealed (n = -1).
INSERT INTO tier_spans_made
SELECT getvariable('tier_part'), 1, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_of('tier_part', 'tier_history_fresh') AS s
UNION ALL
SELECT getvariable('tier_part'), -1, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_sealed AS s
JOIN tier_part AS w ON w.member_id = s.member_id AND w.is_changed
WHERE $were_sealed;
