-- With which members could $member be one person? As members/duplicates, of the files that state what its own one says.
WITH own AS MATERIALIZED (
    SELECT m.member_id, m.name, m.phone, m.email, m.birthday
    FROM member AS m
    JOIN file_place AS p ON p.place = m.rowid
    WHERE p.key = place_key($member) AND m.member_id = $member AND m.member_id NOT IN (SELECT a.member_id FROM member_alias AS a)
    QUALIFY row_number() OVER (ORDER BY m.recorded_at DESC, m.rowid DESC) = 1
), mark AS MATERIALIZED (
    SELECT u.mark, mark_key(u.mark.why, u.mark.said) AS key
    FROM (SELECT unnest(file_marks(o.name, o.phone, o.email, o.birthday)) AS mark FROM own AS o) AS u
), lies AS MATERIALIZED (
    SELECT k.key, k.member_key FROM file_mark AS k WHERE k.key IN (SELECT m.key FROM mark AS m)
), few AS MATERIALIZED (
    SELECT l.key FROM lies AS l GROUP BY l.key HAVING count(DISTINCT l.member_key) BETWEEN 2 AND 20
), hit AS (
    -- What was found may stand in an earlier state of the file: every state is looked at.
    SELECT DISTINCT p.place
    FROM (SELECT DISTINCT l.member_key FROM lies AS l WHERE l.key IN (SELECT f.key FROM few AS f)) AS w
    JOIN file_place AS p ON p.key = w.member_key
), file AS (
    SELECT m.member_id, m.name, m.phone, m.email, m.birthday
    FROM member AS m
    JOIN hit AS h ON h.place = m.rowid
    WHERE m.member_id NOT IN (SELECT a.member_id FROM member_alias AS a)
    QUALIFY row_number() OVER (PARTITION BY m.member_id ORDER BY m.recorded_at DESC, m.rowid DESC) = 1
), agreeing AS (
    SELECT f.member_id, f.mark
    FROM (SELECT t.member_id, unnest(file_marks(t.name, t.phone, t.email, t.birthday)) AS mark
          FROM file AS t
          WHERE t.member_id <> $member) AS f
    JOIN mark AS m ON m.mark = f.mark
    WHERE m.key IN (SELECT w.key FROM few AS w)
    QUALIFY count(*) OVER (PARTITION BY f.mark) < 10
)
SELECT least(a.member_id, $member) AS first_id, greatest(a.member_id, $member) AS other_id,
       string_agg(a.mark.why, ' ' ORDER BY a.mark.why) AS reasons
FROM agreeing AS a
GROUP BY a.member_id
ORDER BY count(*) DESC, first_id, other_id
LIMIT 50;
