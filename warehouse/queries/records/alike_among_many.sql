-- Which records of a type of which there may be millions have one of these numbers but for small and capital letters?
WITH asked AS (
    SELECT unnest(CAST($small AS VARCHAR[])) AS small
), place AS (
    SELECT p.place FROM record_place AS p JOIN asked AS a ON p.key = record_key($type, a.small)
)
SELECT DISTINCT t.record_id
FROM "{table}" AS t
JOIN place AS p ON p.place = t.rowid
WHERE lower(t.record_id) IN (SELECT a.small FROM asked AS a)
  AND t.record_id NOT IN (SELECT unnest(CAST($record_ids AS VARCHAR[])));
