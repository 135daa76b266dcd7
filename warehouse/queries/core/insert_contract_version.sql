-- Keeps a version of a contract as it was loaded: later than all before it, also when the clock has gone back.
INSERT INTO contract_version (contract, version, sha256, document, source, is_example, recorded_at)
SELECT $contract, $version, $sha256, $document, $source, $is_example,
       greatest(CAST($recorded_at AS TIMESTAMP), coalesce(max(v.recorded_at) + INTERVAL 1 MICROSECOND, $recorded_at))
FROM contract_version AS v;
