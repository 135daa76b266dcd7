-- What changes with them in how customers pass between classes?
CREATE OR REPLACE TEMP TABLE tier_flow_fresh AS
SELECT f.rules, f.anchor, f.day, f.before_tier, f.after_tier, f.n FROM tier_flow_of('tier_span_fresh') AS f;
