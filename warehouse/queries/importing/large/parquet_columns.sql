-- Which columns has the Parquet file, and of which types?
DESCRIBE SELECT * FROM read_parquet($path);
