-- On which days were the first and the last response to this survey given?
SELECT min(r.day) AS first_day, max(r.day) AS last_day FROM response_count AS r WHERE r.survey = $survey;
