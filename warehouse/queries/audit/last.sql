-- Which row of the audit is the last one?
SELECT e.seq, e.sha256 FROM audit_event AS e ORDER BY e.seq DESC LIMIT 1;
