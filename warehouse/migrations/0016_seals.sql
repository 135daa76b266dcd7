-- Sealed periods: what a settled period came to, kept as it was said, so that nothing that arrives later changes it.

-- Append-only, one row a period, in the order of `number`. `document` is a canonical JSON text with the counts, verdicts and ledger
-- of the period, the contract version that judged it, how far the rows were counted, and the hash of the seal before; `sha256` is
-- the hash of exactly this text.
CREATE TABLE period_seal (
    number BIGINT NOT NULL,
    contract VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    sealed_at TIMESTAMP NOT NULL,
    document VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL
);
