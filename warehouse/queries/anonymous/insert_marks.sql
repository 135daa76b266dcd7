-- Writes the marks of this survey, in the order of the list.
INSERT INTO anonymous_mark (survey, mark)
SELECT CAST($survey AS VARCHAR), unnest(CAST($marks AS VARCHAR[]));
