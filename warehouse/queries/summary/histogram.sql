-- How often was each score given to each question of a survey, in all or by one property of the response?
SELECT a.question,
       CASE $by
           WHEN 'language' THEN coalesce(a.language, '')
           WHEN 'touchpoint' THEN coalesce(a.touchpoint, '')
           WHEN 'tier' THEN coalesce(a.tier, '')
           WHEN 'channel' THEN coalesce(a.channel, '')
           ELSE ''
       END AS segment,
       a.score, sum(a.n) AS answers, sum(a.weights) AS weights, sum(a.squares) AS squares
FROM score_month AS a
WHERE a.survey = $survey
GROUP BY a.question, segment, a.score
ORDER BY a.question, segment, a.score;
