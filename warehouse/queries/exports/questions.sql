-- Which questions has the survey asked, the newest version first, each in its order?
SELECT q.version, q.question, q.type, q.score_position
FROM question AS q
WHERE q.questionnaire = (SELECT s.questionnaire FROM survey AS s WHERE s.survey = $survey)
ORDER BY q.version DESC, q.position;
