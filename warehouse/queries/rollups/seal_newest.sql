-- Adds the newest row of each record of the part that counts.
INSERT INTO "{table}" SELECT n.* FROM "{newest}"('record_fresh_part') AS n ORDER BY ALL;
