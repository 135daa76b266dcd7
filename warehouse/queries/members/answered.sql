-- How many members answered this survey from one local day on and before another (NULL: no bound), each counted once?
SELECT coalesce(sum(v.n), 0) AS members
FROM visit AS v
WHERE v.survey = $survey AND ($start IS NULL OR v.day >= $start) AND ($end IS NULL OR v.day < $end)
  AND (v.previous_day IS NULL OR v.previous_day < $start);
