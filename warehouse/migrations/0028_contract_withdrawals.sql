-- Contracts loaded by mistake: withdrawn before a period of theirs was sealed, and perhaps loaded again.

CREATE TABLE contract_withdrawal (
    number BIGINT NOT NULL,
    contract VARCHAR NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- The contracts of which the newest row says that they are withdrawn.
CREATE VIEW withdrawn_contract AS
SELECT w.contract
FROM contract_withdrawal AS w
GROUP BY w.contract
HAVING arg_max(w.withdrawn, w.number);
