-- Adds the refused cells of one use.
INSERT INTO refusal
SELECT u.spot, u.row_number, $place, $of_row, $column, u.text, m.code
FROM "{view}" AS u JOIN "{meanings}" AS m ON m.raw = u.text
WHERE m.code IS NOT NULL;
