-- Notes what the files that came since could agree in with others.
INSERT INTO file_mark_sealed
SELECT m.key, m.member_key, m.place FROM file_marks_from((SELECT k.files FROM register_mark AS k)) AS m ORDER BY ALL;
