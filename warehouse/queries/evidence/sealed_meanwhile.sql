-- Which period of another contract, that of the example left out, is sealed and lies within these days?
SELECT s.contract, s.period
FROM period_seal AS s
JOIN contract_version AS v ON v.contract = s.contract AND NOT v.is_example
JOIN contract_period AS p ON p.sha256 = v.sha256 AND p.period = s.period
WHERE s.contract <> $contract AND p.starts_on < $ends_on AND p.ends_on > $starts_on
ORDER BY s.number
LIMIT 1;
