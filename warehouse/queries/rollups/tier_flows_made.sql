-- A table for how those in all parts pass between classes.
CREATE OR REPLACE TEMP TABLE tier_flows_made AS
SELECT CAST(0 AS BIGINT) AS part, f.rules, f.anchor, f.day, f.before_tier, f.after_tier, f.n FROM tier_flow_sealed AS f LIMIT 0;
