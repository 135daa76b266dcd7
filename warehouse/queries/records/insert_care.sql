-- Adds rows about care from the table care_part, but for records that another row was added about from a place on.
INSERT INTO care_task_record BY NAME
SELECT p.*, CAST($recorded_at AS TIMESTAMP) AS recorded_at, $recorded_by AS recorded_by
FROM care_part AS p
WHERE NOT EXISTS (SELECT 1 FROM care_task_record AS t WHERE t.rowid >= $place AND t.record_id = p.record_id);
