-- How many rows has the table, and what is the sum of their hashes, in whatever order they stand?
SELECT count(*) AS row_count, coalesce(sum(CAST(hash(t) AS HUGEINT)), 0) AS total
FROM "{database}".main."{table}" AS t;
