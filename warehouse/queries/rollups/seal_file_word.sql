-- Notes what the files that came since are found by.
INSERT INTO file_word_sealed
SELECT w.word, w.rest, w.place
FROM file_words_from((SELECT k.files FROM register_mark AS k)) AS w
ORDER BY ALL;
