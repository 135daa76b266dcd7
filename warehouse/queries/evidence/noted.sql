-- Which hash did the audit note when this period was sealed?
SELECT e.details ->> 'sha256'
FROM audit_event AS e
WHERE e.event = 'sealed' AND e.subject = $subject
ORDER BY e.seq
LIMIT 1;
