-- Gives back the room of a table that was made on the way.
DROP TABLE IF EXISTS temp."{table}";
