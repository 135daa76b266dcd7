-- Puts what was counted of the same keys for some members and for others together.
CREATE OR REPLACE TEMP TABLE "{table}" AS
SELECT COLUMNS(c -> c NOT IN ('n', 'weights', 'squares')), sum(COLUMNS(c -> c IN ('n', 'weights', 'squares')))
FROM "{table}"
GROUP BY ALL
HAVING sum(n) <> 0;
