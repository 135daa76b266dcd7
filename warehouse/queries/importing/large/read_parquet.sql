-- Reads the wanted columns of a Parquet file as texts, trimmed, blank ones as NULL; rows in the file's order.
CREATE TABLE raw AS SELECT "{cells}" FROM read_parquet($path) AS t;
