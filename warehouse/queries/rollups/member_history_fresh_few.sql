-- What happened to those who were changed, as it is now (n = 1) and as it was sealed (n = -1)? Few are
-- looked up where their events lie; by now all places are sealed.
CREATE OR REPLACE TEMP TABLE member_history_fresh AS
SELECT h.n, h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.event_key, h.amount, h.tier
FROM member_history_at('member_changed_fresh', 'event_place_sealed') AS h;
