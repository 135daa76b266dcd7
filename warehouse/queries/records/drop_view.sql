-- Takes away the view of a type of records, which would not know a new column.
DROP VIEW IF EXISTS "{name}";
