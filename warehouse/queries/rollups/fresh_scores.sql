-- How often was each score given in responses that are not sealed yet, by day?
CREATE OR REPLACE TEMP TABLE fresh_score AS
SELECT t.survey, t.questionnaire, t.version, t.question, t.month, t.day, t.tier, t.touchpoint, t.channel, t.language,
       t.score, sum(t.n) AS n, sum(t.weights) AS weights, sum(t.squares) AS squares
FROM score_tail AS t
GROUP BY ALL;
