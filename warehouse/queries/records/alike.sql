-- Which records have one of these numbers but for small and capital letters, withdrawn ones too?
SELECT DISTINCT r.record_id
FROM query_table($records) AS r
WHERE list_contains($small, lower(r.record_id)) AND NOT list_contains($record_ids, r.record_id);
