-- Which files were imported, when, and how many of their rows were loaded?
SELECT b.import_id, b.survey, b.file_name, b.file_sha256, b.mapping_sha256, b.rows_read, b.rows_loaded, b.recorded_at
FROM import_batch AS b
ORDER BY b.recorded_at, b.import_id;
