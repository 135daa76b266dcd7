-- Which members are found by this text, which is what their number, name, e-mail address or phone begins with, or a part of
-- the name, or the last digits of the phone? $first to $last are the words that begin with it, $digits_first to $digits_last
-- those that begin with its digits. Duplicates lead to the member they count as.
WITH hit AS (
    SELECT DISTINCT h.place
    FROM (
        (SELECT w.place
         FROM file_word AS w
         WHERE w.word BETWEEN CAST($first AS UBIGINT) AND CAST($last AS UBIGINT)
           AND w.rest BETWEEN CAST($rest_first AS UBIGINT) AND CAST($rest_last AS UBIGINT)
         LIMIT 32)
        UNION ALL
        (SELECT w.place
         FROM file_word AS w
         WHERE w.word BETWEEN CAST($digits_first AS UBIGINT) AND CAST($digits_last AS UBIGINT)
           AND w.rest BETWEEN CAST($digits_rest_first AS UBIGINT) AND CAST($digits_rest_last AS UBIGINT)
         LIMIT 32)
        UNION ALL
        SELECT p.place
        FROM member_alias AS a
        JOIN file_place AS p ON p.key = place_key(a.kept_id)
        WHERE lower(a.member_id) = lower($text)
    ) AS h
), met AS (
    SELECT m.member_id, m.name, m.phone, m.email, m.recorded_at, m.rowid AS place
    FROM member AS m
    JOIN hit AS h ON h.place = m.rowid
    WHERE m.member_id NOT IN (SELECT a.member_id FROM member_alias AS a)
), later AS (
    -- What is found may stand in an earlier state of the file.
    SELECT t.place
    FROM met AS t
    JOIN file_place AS p ON p.key = place_key(t.member_id)
    JOIN member AS m ON m.rowid = p.place
    WHERE m.member_id = t.member_id AND (m.recorded_at, m.rowid) > (t.recorded_at, t.place)
)
SELECT t.member_id, t.name, t.phone, t.email
FROM met AS t
WHERE t.place NOT IN (SELECT l.place FROM later AS l)
ORDER BY t.member_id
LIMIT 25;
