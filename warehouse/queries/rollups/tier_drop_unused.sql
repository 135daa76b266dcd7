-- Takes away what is sealed of one table by bars that no longer count.
DELETE FROM "{table}" WHERE rules NOT IN (SELECT u.rules FROM tier_rules_used AS u);
