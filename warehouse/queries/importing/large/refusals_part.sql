-- Which cells are refused in this part of the file?
SELECT f.row_number, f.column_name, regexp_replace(f.raw, '\x00[a-z-]+\x00', '', 'g') AS raw, f.code FROM refusal AS f
WHERE f.spot >= $first AND f.spot < $end
ORDER BY f.spot, f.place;
