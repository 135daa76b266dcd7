-- Which rows of the list of who is at risk do not hold any more?
CREATE OR REPLACE TEMP TABLE risk_gone AS
SELECT l.place, l.marks, l.lapsed, l.complaint, l.low_score, l.falling, l.silent
FROM risk_list AS l
WHERE l.key IN (SELECT a.key FROM risk_asked AS a UNION ALL SELECT m.key FROM risk_moved AS m);
