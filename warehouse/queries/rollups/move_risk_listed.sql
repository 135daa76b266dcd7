-- Says that responses and records of cases are by now in the list of who is at risk or beside it.
UPDATE risk_listed
SET responses = (SELECT count(*) FROM response AS r), cases = (SELECT count(*) FROM service_case_record AS c);
