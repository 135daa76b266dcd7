-- Who buys less as of the local day $until, as it is sealed?
CREATE OR REPLACE TEMP TABLE risk_falling AS
SELECT place_key(f.member_id) AS key
FROM falling_sealed AS f
WHERE f.since <= CAST($until AS DATE) AND f.until >= CAST($until AS DATE);
