-- What happened to everybody in the part of those whose classes are to be worked out?
CREATE OR REPLACE TEMP VIEW tier_history_fresh AS
SELECT h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.amount, h.tier FROM member_history_now_fresh AS h
UNION ALL
SELECT r.member_id, r.event, r.happened_at, r.recorded_at, r.day, r.amount, r.tier FROM tier_history_rest AS r;
