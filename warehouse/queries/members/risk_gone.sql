-- Which rows of the list of who is at risk do not hold any more?
CREATE OR REPLACE TEMP TABLE risk_gone AS
SELECT g.place, g.marks, g.lapsed, g.complaint, g.low_score, g.falling, g.silent FROM risk_left AS g
UNION ALL
SELECT l.place, l.marks, l.lapsed, l.complaint, l.low_score, l.falling, l.silent
FROM risk_list AS l
JOIN (SELECT a.key FROM risk_asked AS a WHERE a.key NOT IN (SELECT g.key FROM risk_left AS g)) AS n ON n.key = l.key;
