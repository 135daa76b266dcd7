-- Notes where the files lie that came since.
INSERT INTO file_place_sealed
SELECT place_key(f.member_id) AS key, f.rowid
FROM member AS f
WHERE f.rowid >= (SELECT k.files FROM register_mark AS k)
ORDER BY key;
