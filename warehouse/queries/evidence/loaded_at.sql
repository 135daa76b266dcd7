-- When was this version of a contract loaded?
SELECT v.recorded_at
FROM contract_version AS v
WHERE v.sha256 = $sha256;
