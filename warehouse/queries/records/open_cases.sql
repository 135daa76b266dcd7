-- Which cases are not resolved, or came back and are not resolved again, and when are they due?
SELECT n.record_id, n.severity, n.received_at, n.first_response_at, n.paused_at, n.respond_by_at, n.resolve_by_at
FROM service_now AS n
WHERE n.resolved_at IS NULL OR (n.reopened_at IS NOT NULL AND n.resolved_again_at IS NULL);
