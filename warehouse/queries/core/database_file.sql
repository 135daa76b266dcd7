-- In which file does the database of this connection lie?
SELECT path FROM duckdb_databases() WHERE database_name = current_database();
