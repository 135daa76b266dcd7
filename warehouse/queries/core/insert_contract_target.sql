-- Keeps the targets of a contract version, one a metric and period, given as lists of equal length.
INSERT INTO contract_target (sha256, metric, clause, period, target)
SELECT $sha256, t.metric, t.clause, t.period, t.target
FROM (SELECT unnest(CAST($metrics AS VARCHAR[])) AS metric, unnest(CAST($clauses AS VARCHAR[])) AS clause,
             unnest(CAST($periods AS VARCHAR[])) AS period, unnest($targets) AS target) AS t;
