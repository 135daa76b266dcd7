-- Which pairs of members could be one person: the same phone (its digits), e-mail, or name with the same birthday?
-- What more than ten share or more than twenty ever stated, as a phone filled in for nobody, tells of no person, and its pairs are
-- beyond number.
WITH shared AS (
    SELECT k.key FROM file_mark AS k GROUP BY k.key HAVING min(k.member_key) <> max(k.member_key)
), few AS MATERIALIZED (
    SELECT k.key FROM file_mark AS k JOIN shared AS s ON s.key = k.key GROUP BY k.key HAVING count(DISTINCT k.member_key) <= 20
), lying AS (
    SELECT DISTINCT k.place FROM file_mark AS k JOIN few AS f ON f.key = k.key
), stated AS MATERIALIZED (
    SELECT m.member_id, m.recorded_at, m.rowid AS place, m.name, m.phone, m.email, m.birthday
    FROM member AS m
    JOIN lying AS l ON l.place = m.rowid
    WHERE m.member_id NOT IN (SELECT a.member_id FROM member_alias AS a)
), later AS (
    SELECT t.place
    FROM stated AS t
    JOIN member AS m ON m.member_id = t.member_id AND (m.recorded_at, m.rowid) > (t.recorded_at, t.place)
), close AS MATERIALIZED (
    SELECT m.member_id, m.mark
    FROM (SELECT t.member_id, unnest(file_marks(t.name, t.phone, t.email, t.birthday)) AS mark
          FROM stated AS t
          WHERE t.place NOT IN (SELECT l.place FROM later AS l)) AS m
    WHERE mark_key(m.mark.why, m.mark.said) IN (SELECT f.key FROM few AS f)
    QUALIFY count(*) OVER (PARTITION BY m.mark) <= 10
)
SELECT a.member_id, b.member_id AS other_id, string_agg(a.mark.why, ' ' ORDER BY a.mark.why) AS reasons
FROM close AS a
JOIN close AS b ON b.mark = a.mark AND a.member_id < b.member_id
GROUP BY a.member_id, b.member_id
ORDER BY count(*) DESC, a.member_id, b.member_id
LIMIT 50;
