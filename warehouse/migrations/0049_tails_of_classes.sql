-- Classes in the tail are told from all events too, as before: of a whole register in the tail the union of those changed and the
-- others had no room.
CREATE OR REPLACE VIEW tier_span_tail AS
SELECT 1 AS n, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_of('tier_who_tail', 'member_history') AS s
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
FROM tier_span_of('tier_who_tail', 'member_history') AS t;
DROP VIEW tier_history_tail;
