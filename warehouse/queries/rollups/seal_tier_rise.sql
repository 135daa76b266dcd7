-- Counts what changed in who rose in class.
INSERT INTO "{into}"
SELECT r.rules, r.anchor, r.day, r.kind, r.n FROM tier_rise_of('tier_flow_fresh') AS r ORDER BY ALL;
