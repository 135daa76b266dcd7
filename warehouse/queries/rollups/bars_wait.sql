-- How many events are there to be classed by bars that are new?
SELECT count(*) AS events
FROM member_event AS e
WHERE EXISTS (SELECT 1 FROM tier_rules_used AS u WHERE NOT u.is_sealed);
