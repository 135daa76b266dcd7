-- Gives back the room of the merged rows.
DROP TABLE IF EXISTS merged_rollup;
