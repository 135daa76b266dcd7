-- Counts what changed in who stays, by class, channel and year of joining.
INSERT INTO "{into}"
SELECT k.rules, k.anchor, k.day, k.dimension, k.group_name, k.n FROM tier_kept_of('tier_span_fresh') AS k ORDER BY ALL;
