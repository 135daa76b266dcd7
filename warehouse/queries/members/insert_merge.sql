-- Says that a duplicate counts as another member, or no longer does.
INSERT INTO member_merge (member_id, kept_id, undone, reason, recorded_by, recorded_at)
VALUES ($member, $kept, $undone, $reason, $recorded_by, $recorded_at);
