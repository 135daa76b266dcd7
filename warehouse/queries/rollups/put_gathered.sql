-- Adds what was gathered to its table.
INSERT INTO "{table}" SELECT * FROM "{into}";
