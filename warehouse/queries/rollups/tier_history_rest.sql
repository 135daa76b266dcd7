-- What happened to those for whom nothing changed, but whose classes are to be worked out?
CREATE OR REPLACE TEMP TABLE tier_history_rest AS
SELECT h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.amount, h.tier
FROM member_history AS h
JOIN member_slice AS s ON s.member_id = h.member_id AND NOT s.is_changed
WHERE $has_others;
