-- Keeps the target of one metric in one period of a contract version.
INSERT INTO contract_target (sha256, metric, clause, period, target)
VALUES ($sha256, $metric, $clause, $period, $target);
