-- Which versions of its questionnaire has this survey asked, the latest first?
SELECT v.version
FROM questionnaire_version AS v
JOIN survey AS s ON s.questionnaire = v.questionnaire
WHERE s.survey = $survey
ORDER BY v.version DESC;
