-- Empties a small table.
DELETE FROM "{table}";
