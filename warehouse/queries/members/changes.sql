-- How did the file of this member, and of the duplicates that count as it, change, the latest first?
SELECT m.recorded_at, m.recorded_by, m.member_id, m.language, m.channel, m.name, m.phone, m.email, m.birthday, m.gender,
       m.city, m.attributes
FROM member AS m
WHERE m.member_id = $member OR m.member_id IN (SELECT a.member_id FROM member_alias AS a WHERE a.kept_id = $member)
ORDER BY m.recorded_at DESC;
