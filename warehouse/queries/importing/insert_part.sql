-- Keeps how far an import has come.
INSERT INTO import_part (
    import_id, survey, file_sha256, mapping_sha256, last_row, stored, known, changed, changed_rows, recorded_at
)
VALUES (
    $import_id, $survey, $file_sha256, $mapping_sha256, $last_row, $stored, $known, $changed,
    CAST($changed_rows AS BIGINT[]), $recorded_at
);
