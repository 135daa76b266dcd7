-- Which text was this version of the contract read from when it was loaded?
SELECT v.source
FROM contract_version AS v
WHERE v.contract = $contract AND v.version = $version
ORDER BY v.recorded_at
LIMIT 1;
