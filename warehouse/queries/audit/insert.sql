-- Adds a row to the audit.
INSERT INTO audit_event (seq, happened_at, actor, event, subject, details, previous, sha256)
VALUES ($seq, $happened_at, $actor, $event, $subject, $details, $previous, $sha256);
