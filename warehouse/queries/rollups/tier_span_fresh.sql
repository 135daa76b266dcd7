-- Of them, those in the part at hand.
CREATE OR REPLACE TEMP VIEW tier_span_fresh AS
SELECT m.n, m.rules, m.member_id, m.since, m.until, m.tier, m.is_member, m.is_stated, m.channel, m.joined_on
FROM tier_spans_made AS m
WHERE m.part = getvariable('tier_part');
