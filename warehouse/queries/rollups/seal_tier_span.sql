-- Puts the classes as they are now in their place.
INSERT INTO tier_span_sealed
SELECT s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_fresh AS s
WHERE s.n = 1
ORDER BY s.rules, s.member_id, s.since;
