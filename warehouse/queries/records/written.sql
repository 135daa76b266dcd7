-- What was ever written about these records of a type of which there may be millions?
WITH asked AS (
    SELECT DISTINCT unnest(CAST($record_ids AS VARCHAR[])) AS record_id
), place AS (
    SELECT p.place FROM record_place AS p JOIN asked AS a ON p.key = record_key($type, a.record_id)
)
SELECT t.*
FROM "{table}" AS t
JOIN place AS p ON p.place = t.rowid
JOIN asked AS a ON a.record_id = t.record_id
ORDER BY t.record_id, t.revision;
