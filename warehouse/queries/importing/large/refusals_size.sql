-- How many cells are refused in this part of the file, and how many bytes have they?
SELECT count(*) AS n, coalesce(sum(strlen(f.raw)), 0) AS bytes FROM refusal AS f WHERE f.spot >= $first AND f.spot < $end;
