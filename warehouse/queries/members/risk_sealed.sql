-- How many stand sealed, and are everybody's classes by the contract version $contract sealed?
SELECT (SELECT count(*) FROM standing_sealed) AS members,
       EXISTS (SELECT 1 FROM tier_rules AS k JOIN tier_rules_sealed AS r ON r.rules = k.rules WHERE k.sha256 = $contract) AS are_classed;
