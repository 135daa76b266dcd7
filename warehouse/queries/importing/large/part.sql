-- What stands in this part of the file: the place and the number of each row, the hash of its id, the text of each use?
SELECT r.rowid AS spot, "{row}" AS row_number, "{texts}" FROM raw AS r WHERE r.rowid >= $first AND r.rowid < $end;
