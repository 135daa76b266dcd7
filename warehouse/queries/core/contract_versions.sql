-- Which versions of which contracts were loaded, each contract's in their order, those withdrawn left out?
SELECT v.contract, v.sha256, v.document, v.is_example
FROM contract_version AS v
WHERE v.contract NOT IN (SELECT w.contract FROM withdrawn_contract AS w)
ORDER BY min(v.recorded_at) OVER (PARTITION BY v.contract), v.contract, v.version;
