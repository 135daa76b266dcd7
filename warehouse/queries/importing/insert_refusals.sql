-- Keeps the cells an import refused, as they stood in the file. One list a column, all of the same length.
INSERT INTO import_refusal (import_id, row_number, column_name, raw, code)
SELECT CAST($import_id AS VARCHAR), unnest(CAST($row_number AS BIGINT[])), unnest(CAST($column_name AS VARCHAR[])),
       unnest(CAST($raw AS VARCHAR[])), unnest(CAST($code AS VARCHAR[]));
