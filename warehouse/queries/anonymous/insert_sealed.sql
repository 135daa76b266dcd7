-- Puts sealed answers into the box of this survey.
INSERT INTO anonymous_box (survey, sealed)
SELECT CAST($survey AS VARCHAR), unnest(CAST($sealed AS BLOB[]));
