-- How many rules for cases were written, and how far do answers reach?
SELECT (SELECT count(*) FROM case_rule_record) AS rules, (SELECT coalesce(max(r.ingest_seq), 0) FROM response AS r) AS reaches;
