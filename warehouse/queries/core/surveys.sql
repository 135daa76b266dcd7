-- Which surveys are there, and which version of which questionnaire does each ask now?
SELECT s.survey, s.questionnaire, v.latest, s.title_en, s.title_zh, s.is_example
FROM survey AS s
JOIN (
    SELECT q.questionnaire AS asked, max(q.version) AS latest
    FROM questionnaire_version AS q
    GROUP BY q.questionnaire
) AS v ON v.asked = s.questionnaire
ORDER BY s.recorded_at, s.survey;
