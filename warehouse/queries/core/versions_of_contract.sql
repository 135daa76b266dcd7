-- Which versions of this contract were loaded, with which content, in their order?
SELECT version, sha256, document FROM contract_version WHERE contract = $contract ORDER BY version;
