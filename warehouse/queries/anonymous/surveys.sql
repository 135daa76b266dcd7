-- Which surveys are anonymous, and has the box of each been opened?
SELECT s.survey, bool_or(s.name = $opened) AS is_opened
FROM survey_setting AS s
WHERE s.name IN ($anonymous, $opened)
GROUP BY s.survey
ORDER BY s.survey;
