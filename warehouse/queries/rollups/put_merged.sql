-- Puts the merged rows into their table.
INSERT INTO "{table}" SELECT * FROM merged_rollup;
