-- Takes away the classes of those for whom something changed.
DELETE FROM tier_span_sealed WHERE member_id IN (SELECT w.member_id FROM tier_part AS w WHERE w.is_changed);
