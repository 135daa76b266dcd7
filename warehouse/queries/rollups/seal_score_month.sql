-- Puts the scores of responses that are not sealed yet into the rollup by month.
INSERT INTO score_month_sealed
SELECT f.survey, f.questionnaire, f.version, f.question, f.month, f.tier, f.touchpoint, f.channel, f.language, f.score,
       sum(f.n), sum(f.weights), sum(f.squares)
FROM fresh_score AS f
GROUP BY f.survey, f.questionnaire, f.version, f.question, f.month, f.tier, f.touchpoint, f.channel, f.language, f.score
ORDER BY ALL;
