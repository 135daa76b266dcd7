-- How many responses does a survey have?
SELECT count(*) AS responses FROM response WHERE survey = $survey;
