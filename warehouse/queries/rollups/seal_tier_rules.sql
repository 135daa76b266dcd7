-- Says by which bars everybody's classes are sealed now.
INSERT INTO tier_rules_sealed SELECT u.rules FROM tier_rules_used AS u WHERE NOT u.is_sealed;
