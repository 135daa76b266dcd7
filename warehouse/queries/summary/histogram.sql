-- How often was each score given to each question of a survey, in all or by one property of the response?
SELECT a.question,
       CASE $by
           WHEN 'language' THEN coalesce(a.language, '')
           WHEN 'touchpoint' THEN coalesce(a.touchpoint, '')
           WHEN 'tier' THEN coalesce(a.tier, '')
           WHEN 'channel' THEN coalesce(a.channel, '')
           ELSE ''
       END AS segment,
       a.score, count(*) AS answers, sum(a.weight) AS weights, sum(a.weight * a.weight) AS squares
FROM answer AS a
WHERE a.survey = $survey AND a.score IS NOT NULL
GROUP BY ALL
ORDER BY ALL;
