-- When was this file imported into this survey by this mapping?
SELECT recorded_at FROM import_batch
WHERE survey = $survey AND file_sha256 = $file_sha256 AND mapping_sha256 = $mapping_sha256
ORDER BY recorded_at DESC LIMIT 1;
