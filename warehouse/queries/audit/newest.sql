-- Which are the newest rows of the audit, of one kind of event where that is asked for?
SELECT e.seq, e.happened_at, e.actor, e.event, e.subject, e.details, e.previous, e.sha256
FROM audit_event AS e
WHERE $event IS NULL OR e.event = $event
ORDER BY e.seq DESC
LIMIT $most;
