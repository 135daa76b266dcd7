-- Lets large results stream: with the default buffer DuckDB 1.5 waits for ever on a big UNION ALL (duckdb#22215).
SET streaming_buffer_size = '1GB';
