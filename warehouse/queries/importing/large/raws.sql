-- Which texts are to be asked about, of those at these places?
SELECT v.raw FROM "{values}" AS v WHERE v.rowid >= $first AND v.rowid < $end;
