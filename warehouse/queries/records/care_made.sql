-- For which plans and days before a day has anything been made?
SELECT DISTINCT t.plan, t.due_on
FROM care_task_record AS t
WHERE t.due_on >= $first AND t.due_on < $until;
