-- How many rows were ever written about limits of cases, and about workdays?
SELECT (SELECT count(*) FROM case_limit_record) AS limits, (SELECT count(*) FROM work_day_record) AS days;
