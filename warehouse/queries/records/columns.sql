-- Which columns have the tables and views there are?
SELECT c.table_name, c.column_name, c.data_type FROM duckdb_columns() AS c WHERE NOT c.internal AND c.schema_name = 'main';
