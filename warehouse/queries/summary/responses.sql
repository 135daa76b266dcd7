-- How many responses does a survey have?
SELECT coalesce(sum(r.n), 0) AS responses FROM response_count AS r WHERE r.survey = $survey;
