-- Empties a sealed table, to be filled anew in the same transaction.
DELETE FROM "{table}";
