-- What are the rows of a sealed table, with those of the same keys put together?
CREATE OR REPLACE TEMP TABLE merged_rollup AS
SELECT COLUMNS(c -> c NOT IN ('n', 'weights', 'squares')), sum(COLUMNS(c -> c IN ('n', 'weights', 'squares')))
FROM "{table}"
GROUP BY ALL
HAVING sum(n) <> 0
ORDER BY ALL;
