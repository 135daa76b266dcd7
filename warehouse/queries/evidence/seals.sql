-- Which periods of this contract are sealed, in the order of sealing, with what was kept of each?
SELECT s.period, s.document, s.sha256
FROM period_seal AS s
WHERE s.contract = $contract
ORDER BY s.number;
