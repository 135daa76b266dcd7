-- Who is at risk beside the list: by what was sealed since, or is not sealed?
CREATE OR REPLACE TEMP TABLE risk_come AS
SELECT f.key, f.member_id, f.channel, f.deals, f.spent, f.bought_on, f.marks, f.tier FROM risk_found AS f
UNION ALL
SELECT m.key, m.member_id, m.channel, m.deals, m.spent, m.bought_on, m.marks, m.tier
FROM risk_moved AS m
ANTI JOIN risk_asked AS a ON a.key = m.key
WHERE m.marks > 0;
