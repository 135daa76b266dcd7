-- Makes the view of the records of a type as they stand now.
CREATE VIEW "{name}" AS SELECT t.* FROM "{name}_until"(TIMESTAMP '9999-12-31') AS t;
