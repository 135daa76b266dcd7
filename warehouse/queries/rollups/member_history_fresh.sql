-- What happened to those who were changed, as it is now (n = 1) and as it was sealed (n = -1)?
CREATE OR REPLACE TEMP TABLE member_history_fresh AS
SELECT h.n, h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.event_key, h.amount, h.tier
FROM member_history_of('member_changed_fresh') AS h;
