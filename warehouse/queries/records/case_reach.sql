-- From which place on do rows about cases stand that are not there yet?
SELECT coalesce(max(t.rowid) + 1, 0) AS place FROM service_case_record AS t;
