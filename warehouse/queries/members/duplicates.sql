-- Which pairs of members could be one person: the same phone (its digits), e-mail, or name with the same birthday?
WITH mark AS NOT MATERIALIZED (
    -- Asked twice: kept in between, the marks of millions would not fit into memory.
    SELECT f.member_id, unnest(file_marks(f.name, f.phone, f.email, f.birthday)) AS mark FROM member_file AS f
), shared AS (
    -- What more than ten share, as a phone filled in for nobody, tells of no person, and its pairs are beyond number.
    SELECT hash(m.mark) AS fingerprint FROM mark AS m GROUP BY fingerprint HAVING count(*) BETWEEN 2 AND 10
), close AS (
    SELECT m.member_id, m.mark FROM mark AS m WHERE hash(m.mark) IN (SELECT s.fingerprint FROM shared AS s)
)
SELECT a.member_id, b.member_id AS other_id, string_agg(a.mark.why, ' ' ORDER BY a.mark.why) AS reasons
FROM close AS a
JOIN close AS b ON b.mark = a.mark AND a.member_id < b.member_id
GROUP BY a.member_id, b.member_id
ORDER BY count(*) DESC, a.member_id, b.member_id
LIMIT 50;
