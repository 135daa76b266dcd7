-- What changes with them in how customers pass between classes?
INSERT INTO tier_flows_made
SELECT getvariable('tier_part'), f.rules, f.anchor, f.day, f.before_tier, f.after_tier, f.n FROM tier_flow_of('tier_span_fresh') AS f;
