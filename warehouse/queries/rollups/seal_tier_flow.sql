-- Counts what changed in how customers pass between classes.
INSERT INTO "{into}"
SELECT f.rules, f.anchor, f.day, f.before_tier, f.after_tier, f.n FROM tier_flow_fresh AS f ORDER BY ALL;
