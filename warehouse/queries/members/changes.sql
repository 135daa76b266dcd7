-- How did the file of this member, and of the duplicates that count as it, change, the latest first?
WITH own AS (
    SELECT $member AS member_id
    UNION ALL
    SELECT a.member_id FROM member_alias AS a WHERE a.kept_id = $member
), lies AS (
    SELECT p.place, o.member_id FROM own AS o JOIN file_place AS p ON p.key = place_key(o.member_id)
)
SELECT m.recorded_at, m.recorded_by, m.member_id, m.language, m.channel, m.name, m.phone, m.email, m.birthday, m.gender,
       m.city, m.attributes
FROM member AS m
JOIN lies AS l ON l.place = m.rowid AND l.member_id = m.member_id
ORDER BY m.recorded_at DESC, m.rowid DESC;
