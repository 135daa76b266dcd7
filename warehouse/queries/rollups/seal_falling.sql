-- Writes when the members for whom something changed buy less.
INSERT INTO falling_sealed
SELECT t.member_id, t.since, t.until FROM falling_of('member_history_now_fresh') AS t ORDER BY t.until;
