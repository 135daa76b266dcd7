-- How many are asked for, and in how many parts?
SELECT count(*) AS n, coalesce(max(a.part) + 1, 0) AS parts FROM risk_asked AS a;
