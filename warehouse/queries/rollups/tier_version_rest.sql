-- How were the files kept of those for whom nothing changed, but whose classes are to be worked out?
CREATE OR REPLACE TEMP TABLE tier_version_rest AS
SELECT f.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.recorded_at, f.rowid AS place
FROM member AS f
JOIN member_slice AS s ON s.member_id = f.member_id AND NOT s.is_changed
WHERE $has_others;
