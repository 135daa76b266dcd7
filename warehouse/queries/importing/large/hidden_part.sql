-- Which answers of a use are hidden in this part of the file?
SELECT h.spot FROM hidden AS h WHERE h.place = $place AND h.spot >= $first AND h.spot < $end;
