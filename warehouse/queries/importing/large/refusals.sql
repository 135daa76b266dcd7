-- Which cells are refused, in the order of the file?
SELECT f.row_number, f.column_name, f.raw, f.code, f.place FROM refusal AS f
ORDER BY f.spot, f.place;
