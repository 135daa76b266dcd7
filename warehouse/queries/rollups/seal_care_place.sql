-- Notes where the rows lie that came since.
INSERT INTO record_place_sealed
SELECT record_key('care_task', t.record_id) AS key, t.rowid
FROM care_task_record AS t
WHERE t.rowid >= (SELECT k.tasks FROM record_mark AS k)
ORDER BY key;
