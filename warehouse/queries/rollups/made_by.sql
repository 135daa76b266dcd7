-- By which statement was this table made?
SELECT t.sql FROM duckdb_tables() AS t WHERE t.table_name = $table AND NOT t.temporary AND NOT t.internal;
