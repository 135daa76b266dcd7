-- Keeps what a settled period came to, unless it is sealed already.
INSERT INTO period_seal (number, contract, period, sealed_at, document, sha256)
SELECT (SELECT coalesce(max(n.number), 0) + 1 FROM period_seal AS n), CAST($contract AS VARCHAR),
       CAST($period AS VARCHAR), CAST($sealed_at AS TIMESTAMP), CAST($document AS VARCHAR), CAST($sha256 AS VARCHAR)
WHERE NOT EXISTS (SELECT 1 FROM period_seal AS s WHERE s.contract = $contract AND s.period = $period);
