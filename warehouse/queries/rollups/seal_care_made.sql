-- Counts the rows about care that came since, by plan and day.
INSERT INTO care_made_sealed
SELECT t.plan, t.due_on, t.recorded_by = 'plan' AND t.revision = 1, count(*)
FROM care_task_record AS t
WHERE t.rowid >= (SELECT k.tasks FROM record_mark AS k)
GROUP BY ALL
ORDER BY ALL;
