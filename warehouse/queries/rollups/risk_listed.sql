-- Of what is the list of who is at risk, and how many stand beside it already or are to be looked at again, of responses and cases?
SELECT k.until, k.contract,
       (SELECT count(*) FROM risk_moved AS m)
       + (SELECT count(*) FROM response AS r) - k.responses
       + (SELECT count(*) FROM service_case_record AS c) - k.cases AS moved
FROM risk_listed AS k;
