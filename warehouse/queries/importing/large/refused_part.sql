-- Which rows of this part of the file are refused?
SELECT DISTINCT f.spot FROM refusal AS f WHERE f.of_row AND f.spot >= $first AND f.spot < $end;
