-- Keeps what became of an imported file.
INSERT INTO register_import (import_id, kind, source, file_name, file_sha256, mapping_sha256, rows_read, rows_stored,
                             rows_changed, rows_known, rows_refused, recorded_at)
VALUES ($import_id, $kind, $source, $file_name, $file_sha256, $mapping_sha256, $rows_read, $rows_stored, $rows_changed,
        $rows_known, $rows_refused, $recorded_at);
