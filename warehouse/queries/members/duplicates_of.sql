-- With which members could $member be one person? As members/duplicates, of the files that are found by what its own one says.
WITH other AS (
    SELECT a.member_id FROM member_alias AS a
), own AS (
    SELECT m.member_id, m.name, m.phone, m.email, m.birthday
    FROM member AS m
    JOIN file_place AS p ON p.place = m.rowid
    WHERE p.key = place_key($member) AND m.member_id = $member AND m.member_id NOT IN (SELECT o.member_id FROM other AS o)
    QUALIFY row_number() OVER (ORDER BY m.recorded_at DESC, m.rowid DESC) = 1
), mark AS (
    SELECT o.name, unnest(file_marks(o.name, o.phone, o.email, o.birthday)) AS mark FROM own AS o
), said AS (
    SELECT CASE WHEN m.mark.why = 'name' THEN lower(trim(m.name)) ELSE m.mark.said END AS word FROM mark AS m
), hit AS (
    SELECT DISTINCT w.place
    FROM file_word AS w
    JOIN (SELECT word_of(s.word) AS word, rest_of(s.word) AS rest FROM said AS s) AS s ON s.word = w.word AND s.rest = w.rest
), met AS (
    SELECT DISTINCT m.member_id
    FROM member AS m
    JOIN hit AS h ON h.place = m.rowid
    WHERE m.member_id <> $member AND m.member_id NOT IN (SELECT o.member_id FROM other AS o)
), file AS (
    -- What is found may stand in an earlier state of the file.
    SELECT m.member_id, m.name, m.phone, m.email, m.birthday
    FROM met AS t
    JOIN file_place AS p ON p.key = place_key(t.member_id)
    JOIN member AS m ON m.rowid = p.place AND m.member_id = t.member_id
    QUALIFY row_number() OVER (PARTITION BY m.member_id ORDER BY m.recorded_at DESC, m.rowid DESC) = 1
), agreeing AS (
    SELECT f.member_id, unnest(file_marks(f.name, f.phone, f.email, f.birthday)) AS mark FROM file AS f
)
SELECT least(a.member_id, $member) AS first_id, greatest(a.member_id, $member) AS other_id,
       string_agg(a.mark.why, ' ' ORDER BY a.mark.why) AS reasons
FROM agreeing AS a
JOIN mark AS m ON m.mark = a.mark
GROUP BY a.member_id
ORDER BY count(*) DESC, first_id, other_id
LIMIT 50;
