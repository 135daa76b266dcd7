-- For which plans and days before a day has anything been made?
SELECT DISTINCT m.plan, m.due_on
FROM care_made AS m
WHERE m.due_on >= $first AND m.due_on < $until;
