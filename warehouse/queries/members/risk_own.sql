-- Under which numbers was anything said of those of whom it is asked?
CREATE OR REPLACE TEMP TABLE risk_own AS
SELECT a.member_id AS stated_id FROM risk_asked AS a
UNION
SELECT o.member_id FROM member_alias AS o WHERE o.kept_id IN (SELECT a.member_id FROM risk_asked AS a);
