-- For whom is anything to be counted anew: who was changed since the marks, and for classes everybody where bars are new?
CREATE OR REPLACE TEMP TABLE member_asked AS
SELECT t.member_id, t.is_changed FROM tier_touched AS t;
