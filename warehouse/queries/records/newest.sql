-- How does each of these records stand, withdrawn ones too?
WITH newest AS (
    SELECT r.record_id, max(r.revision) AS last_revision
    FROM query_table($records) AS r
    WHERE r.record_id IN (SELECT unnest(CAST($record_ids AS VARCHAR[])))
    GROUP BY r.record_id
)
SELECT t.*
FROM query_table($records) AS t
JOIN newest AS n ON n.record_id = t.record_id AND n.last_revision = t.revision;
