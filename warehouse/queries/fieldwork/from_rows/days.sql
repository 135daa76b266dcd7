-- On which local days were the forms of each wave (NULL: the open link) completed?
SELECT c.wave, c.day, count(*) AS completed
FROM fieldwork_case AS c
WHERE c.survey = $survey AND c.submitted_at IS NOT NULL
GROUP BY c.wave, c.day
ORDER BY c.wave, c.day;
