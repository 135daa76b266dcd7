-- Who is in the part?
CREATE OR REPLACE TEMP TABLE tier_part AS
SELECT w.member_id, w.is_changed FROM member_slice AS w WHERE w.part = $part;
