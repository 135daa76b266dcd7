-- Is the choice of the first start still open: no example, no empty start, no data and no contract of one's own?
SELECT NOT EXISTS (SELECT 1 FROM setting AS s WHERE s.name IN ($example, $empty))
   AND NOT EXISTS (SELECT 1 FROM response)
   AND NOT EXISTS (SELECT 1 FROM member)
   AND NOT EXISTS (SELECT 1 FROM import_batch)
   AND NOT EXISTS (SELECT 1 FROM contract_version) AS is_empty;
