-- Of it, what happened as it is now.
CREATE OR REPLACE TEMP VIEW member_history_now_fresh AS
SELECT h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.event_key, h.amount, h.tier
FROM member_history_fresh AS h
WHERE h.n = 1;
