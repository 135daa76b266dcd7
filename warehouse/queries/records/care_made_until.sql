-- What is the latest day for which the plans have made anything (NULL: none)?
SELECT max(m.due_on)
FROM care_made AS m
WHERE m.is_first;
