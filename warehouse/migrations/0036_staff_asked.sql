-- How many of the staff were asked: where all of them answered, nothing was sampled.
DROP VIEW staff_survey;
ALTER TABLE staff_survey_record ADD COLUMN asked BIGINT;
CREATE VIEW staff_survey AS SELECT t.* FROM staff_survey_until(TIMESTAMP '9999-12-31') AS t;
