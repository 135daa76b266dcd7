-- Lets go of the ids of stored rows.
DROP TABLE stored;
