-- Which tables has this open database?
SELECT t.table_name
FROM duckdb_tables() AS t
WHERE t.database_name = $database AND t.schema_name = 'main' AND NOT t.internal AND NOT t.temporary
ORDER BY t.table_name;
