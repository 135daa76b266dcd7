-- Which records have one of these numbers but for small and capital letters, withdrawn ones too?
SELECT DISTINCT r.record_id
FROM query_table($records) AS r
WHERE lower(r.record_id) IN (SELECT unnest(CAST($small AS VARCHAR[])))
  AND r.record_id NOT IN (SELECT unnest(CAST($record_ids AS VARCHAR[])));
