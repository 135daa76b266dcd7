-- Begins to keep what of the ids of stored rows does not depend on the date.
CREATE TABLE stored AS SELECT * FROM given;
