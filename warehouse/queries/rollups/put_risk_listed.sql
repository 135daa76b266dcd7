-- Says of what the list of who is at risk is, and up to where responses and records of cases are in it.
INSERT INTO risk_listed
SELECT CAST($until AS DATE), $contract, (SELECT coalesce(max(r.ingest_seq), 0) FROM response AS r),
       (SELECT count(*) FROM service_case_record AS c);
