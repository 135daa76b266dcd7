-- What is the latest day for which the plans have made anything (NULL: none)?
SELECT max(t.due_on)
FROM care_task_record AS t
WHERE t.recorded_by = 'plan' AND t.revision = 1;
