-- On which local days were the forms of each wave (NULL: the open link) completed?
SELECT c.wave, c.day, CAST(sum(c.n) AS BIGINT) AS completed
FROM case_count AS c
WHERE c.survey = $survey AND c.day IS NOT NULL
GROUP BY c.wave, c.day
HAVING sum(c.n) <> 0
ORDER BY c.wave, c.day;
