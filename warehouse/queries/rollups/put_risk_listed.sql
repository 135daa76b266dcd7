-- Says of what the list of who was found to be at risk is, and up to where responses and records of cases are in it.
INSERT INTO risk_listed
SELECT CAST($until AS DATE), $contract, (SELECT count(*) FROM response AS r),
       (SELECT count(*) FROM service_case_record AS c),
       count(*), count(*) FILTER (f.marks & 1 > 0), count(*) FILTER (f.marks & 2 > 0), count(*) FILTER (f.marks & 4 > 0),
       count(*) FILTER (f.marks & 8 > 0), count(*) FILTER (f.marks & 16 > 0)
FROM risk_found AS f;
