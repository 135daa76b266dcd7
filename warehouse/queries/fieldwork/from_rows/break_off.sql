-- Which question was the furthest answered in each form that was begun and not sent? '' where none is known.
SELECT c.wave, coalesce(q.question, '') AS furthest_question, count(*) AS forms
FROM fieldwork_case AS c
JOIN survey AS s ON s.survey = c.survey
LEFT JOIN question AS q
    ON q.questionnaire = s.questionnaire AND q.version = c.version AND q.position = c.furthest
WHERE c.survey = $survey AND c.started_at IS NOT NULL AND NOT c.is_completed
GROUP BY c.wave, furthest_question;
