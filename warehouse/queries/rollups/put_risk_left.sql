-- Notes the rows of the list of those of whom it is told beside it from now on.
INSERT INTO risk_left
SELECT l.key, l.place, l.marks, l.lapsed, l.complaint, l.low_score, l.falling, l.silent
FROM risk_list AS l
JOIN (SELECT a.key FROM risk_asked AS a WHERE a.key NOT IN (SELECT g.key FROM risk_left AS g)) AS n ON n.key = l.key;
