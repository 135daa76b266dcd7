-- Which versions of which contracts were loaded, each contract's in their order, those withdrawn left out, and since when
-- is each contract known?
SELECT v.contract, v.sha256, v.document, v.is_example, min(v.recorded_at) OVER (PARTITION BY v.contract) AS known_since
FROM contract_version AS v
WHERE v.contract NOT IN (SELECT w.contract FROM withdrawn_contract AS w)
ORDER BY min(v.recorded_at) OVER (PARTITION BY v.contract), v.contract, v.version;
