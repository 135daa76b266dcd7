-- Which versions has the contract that was loaded last, in their order?
SELECT v.sha256, v.document, v.is_example
FROM contract_version AS v
WHERE v.contract = (SELECT l.contract FROM contract_version AS l ORDER BY l.recorded_at DESC, l.version DESC LIMIT 1)
ORDER BY v.version;
