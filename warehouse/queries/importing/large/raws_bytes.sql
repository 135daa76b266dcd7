-- How many bytes have the texts that are to be asked about, of those at these places?
SELECT coalesce(sum(strlen(v.raw)), 0) AS bytes FROM "{values}" AS v WHERE v.rowid >= $first AND v.rowid < $end;
