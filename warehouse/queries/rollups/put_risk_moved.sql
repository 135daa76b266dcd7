-- Says how it is with those of whom it was asked, who are at risk or not.
INSERT INTO risk_moved
SELECT a.key, f.member_id, f.channel, f.deals, f.spent, f.bought_on, coalesce(f.marks, 0), f.tier
FROM risk_asked AS a
LEFT JOIN risk_found AS f ON f.key = a.key;
