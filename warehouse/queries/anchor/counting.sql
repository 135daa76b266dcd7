-- Which one statement counts the rows of every table of this open database?
SELECT string_agg(
    format(
        'SELECT ''{}'' AS table_name, count(*) AS row_count FROM "{}".main."{}" AS t',
        replace(t.table_name, '''', ''''''),
        replace(t.database_name, '"', '""'),
        replace(t.table_name, '"', '""')
    ),
    ' UNION ALL ' ORDER BY t.table_name
) AS counting
FROM duckdb_tables() AS t
WHERE t.database_name = $database AND t.schema_name = 'main' AND NOT t.internal AND NOT t.temporary;
