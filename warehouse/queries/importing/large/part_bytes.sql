-- How many bytes have the texts of this part of the file?
SELECT coalesce(sum("{bytes}"), 0) AS bytes FROM raw AS r WHERE r.rowid >= $first AND r.rowid < $end;
