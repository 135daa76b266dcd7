-- A table for what is counted for some members after others.
CREATE OR REPLACE TEMP TABLE "{into}" AS SELECT * FROM "{table}" LIMIT 0;
