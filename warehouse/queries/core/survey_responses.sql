-- How many responses does each survey have that has any?
SELECT r.survey, sum(r.n) AS responses FROM response_count AS r GROUP BY r.survey ORDER BY r.survey;
