-- Keeps a version of a contract as it was loaded.
INSERT INTO contract_version (contract, version, sha256, document, source, is_example, recorded_at)
VALUES ($contract, $version, $sha256, $document, $source, $is_example, $recorded_at);
