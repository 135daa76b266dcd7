-- Makes the table of what happened to those of whom the table care_wanted tells.
CREATE OR REPLACE TEMP TABLE care_history AS
SELECT 1 AS n, h.member_id, h.event, h.happened_at, h.recorded_at, h.day, h.event_key
FROM member_history AS h
WHERE h.member_id IN (SELECT w.member_id FROM care_wanted AS w);
