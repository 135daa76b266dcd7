-- Who is at risk by the list that is kept, with what is known of those whom anything since concerns?
CREATE OR REPLACE TEMP TABLE risk_kept AS
SELECT l.key, l.member_id, l.channel, l.deals, l.spent, l.bought_on, l.marks, l.tier
FROM risk_list AS l
ANTI JOIN risk_gone AS g ON g.place = l.place
UNION ALL
SELECT c.key, c.member_id, c.channel, c.deals, c.spent, c.bought_on, c.marks, c.tier FROM risk_come AS c;
