-- Which files were imported into the register, the latest first, and what became of their rows?
SELECT i.recorded_at, i.kind, i.file_name, i.rows_read, i.rows_stored, i.rows_changed, i.rows_known, i.rows_refused
FROM register_import AS i
ORDER BY i.recorded_at DESC;
