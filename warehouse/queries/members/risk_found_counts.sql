-- How many were found to be at risk, in all and for each reason?
SELECT count(*) AS members, count(*) FILTER (f.marks & 1 > 0) AS lapsed, count(*) FILTER (f.marks & 2 > 0) AS complaint,
       count(*) FILTER (f.marks & 4 > 0) AS low_score, count(*) FILTER (f.marks & 8 > 0) AS falling,
       count(*) FILTER (f.marks & 16 > 0) AS silent
FROM risk_found AS f;
