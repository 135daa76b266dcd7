-- Which cases are not resolved, or came back and are not resolved again?
SELECT c.*
FROM service_case AS c
WHERE c.resolved_at IS NULL OR (c.reopened_at IS NOT NULL AND c.resolved_again_at IS NULL);
