-- How far did an import of this file by this mapping come, that was not finished?
SELECT p.import_id, p.last_row, p.stored, p.known, p.changed, p.changed_rows FROM import_part AS p
WHERE p.survey = $survey AND p.file_sha256 = $file_sha256 AND p.mapping_sha256 = $mapping_sha256
  AND p.import_id NOT IN (SELECT b.import_id FROM import_batch AS b)
ORDER BY p.recorded_at DESC, p.last_row DESC LIMIT 1;
