-- Puts the scores of responses that are not sealed yet into the rollup by day.
INSERT INTO score_day_sealed
SELECT f.survey, f.questionnaire, f.version, f.question, f.month, f.day, f.tier, f.touchpoint, f.channel, f.language,
       f.score, f.n, f.weights, f.squares
FROM fresh_score AS f
ORDER BY ALL;
