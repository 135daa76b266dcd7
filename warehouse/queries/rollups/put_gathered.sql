-- Adds what was gathered to its table, in the order in which it is looked for.
INSERT INTO "{table}" SELECT * FROM "{into}" ORDER BY ALL;
