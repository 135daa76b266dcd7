-- Keeps that a contract was withdrawn, or that it counts again.
INSERT INTO contract_withdrawal (number, contract, withdrawn, recorded_at)
SELECT coalesce(max(w.number), 0) + 1, CAST($contract AS VARCHAR), CAST($withdrawn AS BOOLEAN), CAST($recorded_at AS TIMESTAMP)
FROM contract_withdrawal AS w;
