-- Makes the macro of the records of a type as they stood at an instant.
CREATE OR REPLACE MACRO "{name}_until"(until) AS TABLE
SELECT t.*
FROM "{table}" AS t
JOIN (SELECT r.record_id, max(r.revision) AS last_revision FROM "{table}" AS r WHERE r.recorded_at <= until GROUP BY r.record_id) AS n
  ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn;
