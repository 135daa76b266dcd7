-- What does the whole audit say, in the order it was written?
SELECT e.seq, e.happened_at, e.actor, e.event, e.subject, e.details, e.previous, e.sha256
FROM audit_event AS e
ORDER BY e.seq;
