-- Takes away what was told of those of whom it is told again.
DELETE FROM risk_moved WHERE key IN (SELECT a.key FROM risk_asked AS a);
