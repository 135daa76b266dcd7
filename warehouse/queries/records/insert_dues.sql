-- Adds rows about cases from the table dues_part, but for cases that another row was added about from a place on.
INSERT INTO service_case_record BY NAME
SELECT p.* FROM dues_part AS p
WHERE NOT EXISTS (SELECT 1 FROM service_case_record AS t WHERE t.rowid >= $place AND t.record_id = p.record_id);
