-- Which contract was loaded last?
SELECT sha256, source, is_example FROM contract_version ORDER BY recorded_at DESC LIMIT 1;
