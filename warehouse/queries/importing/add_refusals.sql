-- Keeps the cells in arrived_refusals, as they stood in the file.
INSERT INTO import_refusal (import_id, row_number, column_name, raw, code)
SELECT $import_id, a.row_number, a.column_name, a.raw, a.code FROM arrived_refusals AS a;
