-- Writes when the members for whom something changed buy less.
INSERT INTO falling_sealed
SELECT t.member_id, t.since, t.until FROM falling_tail AS t ORDER BY t.until;
