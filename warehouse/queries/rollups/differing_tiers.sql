-- Which rollups of the classes of customers say something else than the rows of the register do?
WITH who AS (
    SELECT DISTINCT h.member_id, TRUE AS is_changed FROM member_history AS h
), true_span AS MATERIALIZED (
    SELECT 1 AS n, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
    FROM tier_span_of('who', 'member_history') AS s
), true_flow AS MATERIALIZED (
    SELECT f.rules, f.anchor, f.day, f.before_tier, f.after_tier, f.n FROM tier_flow_of('true_span') AS f
), version AS (
    SELECT 1 AS n, m.member_id, m.name, m.phone, m.email, m.birthday, m.gender, m.city, m.recorded_at, m.rowid AS place
    FROM member AS m
), both_counts AS (
    SELECT 'tier_day' AS rollup, [d.rules, d.tier] AS names, [d.day] AS days, d.n FROM tier_day AS d
    UNION ALL
    SELECT 'tier_day', [d.rules, d.tier], [d.day], -d.n FROM tier_day_of('true_span') AS d WHERE d.day IS NOT NULL
    UNION ALL
    SELECT 'tier_flow', [f.rules, f.before_tier, f.after_tier], [f.anchor, f.day], f.n FROM tier_flow AS f
    UNION ALL
    SELECT 'tier_flow', [f.rules, f.before_tier, f.after_tier], [f.anchor, f.day], -f.n FROM true_flow AS f
    UNION ALL
    SELECT 'tier_rise', [r.rules, r.kind], [r.anchor, r.day], r.n FROM tier_rise AS r
    UNION ALL
    SELECT 'tier_rise', [r.rules, r.kind], [r.anchor, r.day], -r.n FROM tier_rise_of('true_flow') AS r
    UNION ALL
    SELECT 'tier_kept', [k.rules, k.dimension, k.group_name], [k.anchor, k.day], k.n FROM tier_kept AS k
    UNION ALL
    SELECT 'tier_kept', [k.rules, k.dimension, k.group_name], [k.anchor, k.day], -k.n FROM tier_kept_of('true_span') AS k
    UNION ALL
    SELECT 'tier_file', [f.rules, f.tier, f.fact], [f.day], f.n FROM tier_file AS f
    UNION ALL
    SELECT 'tier_file', [f.rules, f.tier, f.fact], [f.day], -f.n FROM tier_file_of('true_span', 'version') AS f
    UNION ALL
    SELECT 'tier_span', [s.rules, s.member_id, s.tier, CAST(s.is_member AS VARCHAR), CAST(s.is_stated AS VARCHAR), s.channel],
           [s.since, s.until, s.joined_on], 1
    FROM tier_span AS s
    UNION ALL
    SELECT 'tier_span', [s.rules, s.member_id, s.tier, CAST(s.is_member AS VARCHAR), CAST(s.is_stated AS VARCHAR), s.channel],
           [s.since, s.until, s.joined_on], -1
    FROM true_span AS s
)
SELECT DISTINCT d.rollup
FROM (
    SELECT b.rollup
    FROM both_counts AS b
    WHERE b.names[1] IN (SELECT u.rules FROM tier_rules_used AS u)
    GROUP BY b.rollup, b.names, b.days
    HAVING sum(b.n) <> 0
) AS d
ORDER BY d.rollup;
