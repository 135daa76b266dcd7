-- Which cells are refused in this part of the file, in its order?
SELECT f.row_number, f.column_name, f.raw, f.code, f.place FROM refusal AS f
WHERE f.spot >= $first AND f.spot < $end
ORDER BY f.spot, f.place;
