-- By how much waits for the customer put off when a case has to be resolved, at most; without an entry there is no end.
DROP VIEW case_limit;
ALTER TABLE case_limit_record ADD COLUMN wait_minutes BIGINT;
CREATE VIEW case_limit AS SELECT t.* FROM case_limit_until(TIMESTAMP '9999-12-31') AS t;
