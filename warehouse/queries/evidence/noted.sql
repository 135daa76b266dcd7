-- Which periods does the audit say were sealed, in that order, and with which hash?
SELECT e.subject, e.details ->> 'sha256'
FROM audit_event AS e
WHERE e.event = 'sealed'
ORDER BY e.seq;
