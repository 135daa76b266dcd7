-- Keeps what was imported, from which file, by which mapping, and the report on it.
INSERT INTO import_batch (
    import_id, survey, file_name, file_sha256, mapping_sha256, rows_read, rows_loaded, report, recorded_at
)
VALUES (
    $import_id, $survey, $file_name, $file_sha256, $mapping_sha256, $rows_read, $rows_loaded, $report, $recorded_at
);
