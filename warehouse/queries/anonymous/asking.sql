-- Which anonymous survey asks this questionnaire?
SELECT s.survey
FROM survey AS s
JOIN survey_setting AS t ON t.survey = s.survey AND t.name = $anonymous
WHERE s.questionnaire = $questionnaire
LIMIT 1;
