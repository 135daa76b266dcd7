-- How many answers lie in the box of this survey?
SELECT count(*) AS answers FROM anonymous_box AS b WHERE b.survey = $survey;
