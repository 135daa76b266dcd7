-- Which pairs of members could be one person: the same phone (its digits), e-mail, or name with the same birthday?
WITH mark AS (
    SELECT f.member_id, unnest(file_marks(f.name, f.phone, f.email, f.birthday)) AS mark FROM member_file AS f
)
SELECT a.member_id, b.member_id AS other_id, string_agg(a.mark.why, ' ' ORDER BY a.mark.why) AS reasons
FROM mark AS a
JOIN mark AS b ON b.mark = a.mark AND a.member_id < b.member_id
GROUP BY a.member_id, b.member_id
ORDER BY count(*) DESC, a.member_id, b.member_id
LIMIT 50;
