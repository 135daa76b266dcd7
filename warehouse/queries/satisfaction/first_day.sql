-- On which day was the first response to this survey given?
SELECT min(r.day) AS first_day FROM response_count AS r WHERE r.survey = $survey;
