-- Before which rowid do the rows of a table of places lie?
SELECT coalesce(max(s.rowid), -1) + 1 AS rows FROM "{table}" AS s;
