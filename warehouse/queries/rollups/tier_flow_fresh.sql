-- Of it, those in the part at hand.
CREATE OR REPLACE TEMP VIEW tier_flow_fresh AS
SELECT m.rules, m.anchor, m.day, m.before_tier, m.after_tier, m.n FROM tier_flows_made AS m WHERE m.part = getvariable('tier_part');
