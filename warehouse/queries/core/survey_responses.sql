-- How many responses does each survey have that has any?
SELECT r.survey, count(*) AS responses FROM response AS r GROUP BY r.survey ORDER BY r.survey;
