-- Puts the scores of responses that are not sealed yet into the rollup by month of what measures something.
INSERT INTO measured_month_sealed
SELECT f.survey, q.measures, f.month, f.tier, f.touchpoint, f.channel, f.language, f.score,
       f.score >= q.scale_max - 1, sum(f.n)
FROM fresh_score AS f
JOIN measured_question AS q ON q.questionnaire = f.questionnaire AND q.version = f.version AND q.question = f.question
GROUP BY ALL
ORDER BY ALL;
