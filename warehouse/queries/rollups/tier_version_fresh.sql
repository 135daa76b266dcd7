-- How were the files kept of everybody in the part at hand of those whose classes are to be worked out?
CREATE OR REPLACE TEMP VIEW tier_version_fresh AS
SELECT v.n, v.member_id, v.name, v.phone, v.email, v.birthday, v.gender, v.city, v.recorded_at, v.place
FROM file_version_fresh AS v
JOIN tier_part AS w ON w.member_id = v.member_id
UNION ALL
SELECT 1, r.member_id, r.name, r.phone, r.email, r.birthday, r.gender, r.city, r.recorded_at, r.place
FROM tier_version_rest AS r
JOIN tier_part AS w ON w.member_id = r.member_id;
