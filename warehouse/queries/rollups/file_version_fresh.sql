-- How were their files kept from time to time?
CREATE OR REPLACE TEMP TABLE file_version_fresh AS
SELECT v.n, v.member_id, v.name, v.phone, v.email, v.birthday, v.gender, v.city, v.channel, v.recorded_at, v.place
FROM file_version_of('member_changed_fresh') AS v;
