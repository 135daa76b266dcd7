-- Which rows of this part are stored already, by the number of the row, and under which id?
SELECT u.row_number, k.response_id FROM known AS k JOIN u_row_id AS u ON u.spot = k.spot
WHERE k.spot >= $first AND k.spot < $end
ORDER BY k.spot;
