-- Where lies the newest row of each record of a part of those about which something came since the mark?
CREATE OR REPLACE TEMP TABLE record_fresh_part AS
SELECT record_key('care_task', t.record_id) AS key, max_by(t.rowid, t.revision) AS place, min(t.revision) AS first_revision
FROM care_task_record AS t
WHERE t.rowid >= (SELECT k.tasks FROM record_mark AS k) AND hash(t.record_id) % CAST($parts AS UBIGINT) = CAST($part AS UBIGINT)
GROUP BY t.record_id;
