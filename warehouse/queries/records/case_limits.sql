-- Which time limits were recorded for cases, the first one first?
SELECT l.severity, l.in_force_on, l.clock, l.respond_minutes, l.resolve_minutes, l.wait_minutes, l.opens, l.closes
FROM case_limit AS l
ORDER BY l.recorded_at, l.record_id;
