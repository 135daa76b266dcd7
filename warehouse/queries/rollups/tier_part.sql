-- Who is in the part at hand (the variable tier_part)?
CREATE OR REPLACE TEMP VIEW tier_part AS
SELECT w.member_id, w.is_changed FROM member_slice AS w WHERE w.part = getvariable('tier_part');
