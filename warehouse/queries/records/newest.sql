-- How does each of these records stand, withdrawn ones too?
WITH newest AS (
    SELECT r.record_id, max(r.revision) AS last_revision
    FROM query_table($records) AS r
    WHERE list_contains($record_ids, r.record_id)
    GROUP BY r.record_id
)
SELECT t.*
FROM query_table($records) AS t
JOIN newest AS n ON n.record_id = t.record_id AND n.last_revision = t.revision;
