-- Notes where the rows lie that came since.
INSERT INTO record_place_sealed
SELECT record_key('service_case', t.record_id) AS key, t.rowid
FROM service_case_record AS t
WHERE t.rowid >= (SELECT k.cases FROM record_mark AS k)
ORDER BY key;
