-- The classes of customers are worked out for some of them at a time too, from histories that have a name.

-- Whose classes are to be worked out: who was changed since the marks, and everybody where bars are new.
CREATE VIEW tier_touched AS
SELECT t.member_id, bool_or(t.is_changed) AS is_changed
FROM (
    SELECT c.member_id, TRUE AS is_changed FROM member_touched AS c
    UNION ALL
    SELECT h.member_id, FALSE
    FROM member_history AS h
    CROSS JOIN (SELECT u.rules FROM tier_rules_used AS u WHERE NOT u.is_sealed LIMIT 1) AS fresh
) AS t
GROUP BY t.member_id;

CREATE OR REPLACE VIEW tier_who_tail AS
SELECT l.one.member_id AS member_id, l.one.is_changed AS is_changed
FROM (SELECT unnest(list({'member_id': w.member_id, 'is_changed': w.is_changed})) AS one FROM tier_touched AS w) AS l;

-- `history` is member_history or one like it.
CREATE OR REPLACE MACRO tier_span_of(who, history) AS TABLE
WITH one AS MATERIALIZED (
    SELECT row_number() OVER () AS number, w.member_id, w.is_changed FROM query_table(who) AS w
), rule AS MATERIALIZED (
    SELECT u.rules, u.is_sealed, list(b.tier ORDER BY b.place) AS tiers
    FROM tier_rules_used AS u
    JOIN tier_bar AS b ON b.rules = u.rules
    GROUP BY u.rules, u.is_sealed
), bar AS (
    -- Bars that look back equally far count the same purchases; 0 looks back for ever. A class is a bit.
    SELECT b.rules, coalesce(b.within_days, 0) AS days,
           list({'bit': CAST(1 AS BIGINT) << b.place, 'min_deals': b.min_deals, 'min_amount': b.min_amount}) AS bars
    FROM tier_bar AS b
    GROUP BY b.rules, coalesce(b.within_days, 0)
), told AS MATERIALIZED (
    SELECT o.number, o.is_changed, h.event, h.day, h.amount, h.tier, h.happened_at, h.recorded_at
    FROM query_table(history) AS h
    JOIN one AS o ON o.member_id = h.member_id
), bought AS MATERIALIZED (
    SELECT t.number, t.is_changed, t.day, count(*) AS deals, sum(t.amount) AS amount
    FROM told AS t
    WHERE t.event = 'purchase'
    GROUP BY t.number, t.is_changed, t.day
), turned AS (
    -- A purchase counts after its day and, where bars look back so many days, no longer that many days later.
    SELECT r.rules, b.days, p.number, p.day, p.deals, p.amount
    FROM bought AS p
    JOIN rule AS r ON p.is_changed OR NOT r.is_sealed
    JOIN bar AS b ON b.rules = r.rules
    UNION ALL
    SELECT r.rules, b.days, p.number, p.day + b.days, -p.deals, -p.amount
    FROM bought AS p
    JOIN rule AS r ON p.is_changed OR NOT r.is_sealed
    JOIN bar AS b ON b.rules = r.rules AND b.days > 0
), held AS (
    SELECT t.rules, t.days, t.number, t.day, sum(t.deals) OVER story AS deals, sum(t.amount) OVER story AS amount
    FROM turned AS t
    WINDOW story AS (PARTITION BY t.rules, t.days, t.number ORDER BY t.day)
), reached AS (
    SELECT h.rules, h.days, h.number, h.day,
           CAST(list_sum(list_transform(b.bars, lambda x: CASE
               WHEN h.deals > 0 AND (h.deals >= x.min_deals OR h.amount >= x.min_amount) THEN x.bit ELSE 0 END)) AS BIGINT) AS bits
    FROM held AS h
    JOIN bar AS b ON b.rules = h.rules AND b.days = h.days
), turn AS (
    SELECT r.rules, r.number, r.day,
           r.bits - lag(r.bits, 1, 0) OVER (PARTITION BY r.rules, r.days, r.number ORDER BY r.day) AS bits
    FROM reached AS r
), stood AS MATERIALIZED (
    -- Whoever joins, renews or returns is a member; who leaves or lapses is not. The last word of the day counts.
    SELECT t.number, t.is_changed, t.day,
           max_by(t.event IN ('joined', 'renewed', 'returned'),
                  ROW(t.happened_at, t.recorded_at, place_at_instant(t.event))) AS inside,
           bool_or(t.event IN ('joined', 'renewed', 'returned')) AS ever
    FROM told AS t
    WHERE t.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')
    GROUP BY t.number, t.is_changed, t.day
), plain AS (
    SELECT s.number, s.is_changed, s.day, NULL AS said, s.inside, s.ever, FALSE AS bought FROM stood AS s
    UNION ALL
    SELECT p.number, p.is_changed, min(p.day), NULL, NULL, FALSE, TRUE FROM bought AS p GROUP BY p.number, p.is_changed
    UNION ALL
    SELECT t.number, t.is_changed, t.day,
           max_by(coalesce(t.tier, ''), ROW(t.happened_at, t.recorded_at, coalesce(t.tier, ''))), NULL, FALSE, FALSE
    FROM told AS t
    WHERE t.event = 'tier'
    GROUP BY t.number, t.is_changed, t.day
), word AS (
    SELECT t.rules, t.number, t.day, t.bits, NULL AS said, NULL AS inside, FALSE AS ever, FALSE AS bought
    FROM turn AS t
    WHERE t.bits <> 0
    UNION ALL
    SELECT r.rules, p.number, p.day, 0, p.said, p.inside, p.ever, p.bought
    FROM plain AS p
    JOIN rule AS r ON p.is_changed OR NOT r.is_sealed
), day_of AS (
    SELECT w.rules, w.number, w.day, CAST(sum(w.bits) AS BIGINT) AS bits, max(w.said) AS said, bool_or(w.inside) AS inside,
           bool_or(w.ever) AS ever, bool_or(w.bought) AS bought
    FROM word AS w
    GROUP BY w.rules, w.number, w.day
), standing AS (
    SELECT d.rules, d.number, d.day, CAST(sum(d.bits) OVER story AS BIGINT) AS bits,
           coalesce(last_value(d.said IGNORE NULLS) OVER story, '') AS said,
           coalesce(last_value(d.inside IGNORE NULLS) OVER story, FALSE) AS inside,
           bool_or(d.ever) OVER story AS ever, bool_or(d.bought) OVER story AS bought
    FROM day_of AS d
    WINDOW story AS (PARTITION BY d.rules, d.number ORDER BY d.day)
), classed AS (
    -- A customer is there who is a member, or has bought and was never one. The highest bar reached counts, else the first.
    SELECT s.rules, s.number, s.day, s.inside AS is_member, s.said <> '' AS is_stated,
           CASE WHEN s.inside OR (s.bought AND NOT s.ever) THEN
               CASE WHEN s.said <> '' THEN s.said
                    ELSE r.tiers[CASE WHEN s.bits > 0 THEN CAST(floor(log2(s.bits)) AS BIGINT) ELSE 1 END] END END AS tier
    FROM standing AS s
    JOIN rule AS r ON r.rules = s.rules
), changed AS (
    SELECT c.rules, c.number, c.day, c.is_member, c.is_stated, c.tier
    FROM classed AS c
    QUALIFY ROW(c.tier, c.is_member, c.is_stated) IS DISTINCT FROM lag(ROW(c.tier, c.is_member, c.is_stated)) OVER (
        PARTITION BY c.rules, c.number ORDER BY c.day)
), span AS (
    SELECT c.rules, c.number, c.day AS since, lead(c.day) OVER (PARTITION BY c.rules, c.number ORDER BY c.day) AS until,
           c.tier, c.is_member, c.is_stated
    FROM changed AS c
), joined AS (
    SELECT s.number, min(s.day) AS joined_on FROM stood AS s WHERE s.ever GROUP BY s.number
), filed AS (
    SELECT o.number, max_by(f.channel, ROW(f.recorded_at, f.rowid)) AS channel
    FROM member AS f
    JOIN one AS o ON o.member_id = f.member_id
    WHERE NOT EXISTS (SELECT 1 FROM member_alias AS a WHERE a.member_id = f.member_id)
    GROUP BY o.number
)
SELECT s.rules, o.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, coalesce(f.channel, '') AS channel, j.joined_on
FROM span AS s
JOIN one AS o ON o.number = s.number
LEFT JOIN joined AS j ON j.number = s.number
LEFT JOIN filed AS f ON f.number = s.number
WHERE s.tier IS NOT NULL;

CREATE OR REPLACE VIEW tier_span_tail AS
SELECT 1 AS n, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_of('tier_who_tail', 'member_history') AS s
UNION ALL
SELECT -1, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_sealed AS s
JOIN tier_who_tail AS w ON w.member_id = s.member_id AND w.is_changed;

CREATE OR REPLACE VIEW tier_span AS
SELECT s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_sealed AS s
WHERE NOT EXISTS (SELECT 1 FROM tier_who_tail AS w WHERE w.member_id = s.member_id AND w.is_changed)
UNION ALL
SELECT t.rules, t.member_id, t.since, t.until, t.tier, t.is_member, t.is_stated, t.channel, t.joined_on
FROM tier_span_of('tier_who_tail', 'member_history') AS t;

-- What was sealed of the register is sealed anew: until then all of it is tail.
DELETE FROM member_day_sealed;
DELETE FROM member_stay_sealed;
DELETE FROM purchase_sealed;
DELETE FROM member_cohort_sealed;
DELETE FROM first_stay_sealed;
DELETE FROM buyer_cohort_sealed;
DELETE FROM renewal_sealed;
DELETE FROM happening_sealed;
DELETE FROM file_day_sealed;
DELETE FROM event_place_sealed;
DELETE FROM file_place_sealed;
DELETE FROM file_word_sealed;
DELETE FROM standing_sealed;
DELETE FROM falling_sealed;
DELETE FROM tier_span_sealed;
DELETE FROM tier_day_sealed;
DELETE FROM tier_flow_sealed;
DELETE FROM tier_rise_sealed;
DELETE FROM tier_kept_sealed;
DELETE FROM tier_rules_sealed WHERE EXISTS (SELECT 1 FROM member_event) OR EXISTS (SELECT 1 FROM member);
DELETE FROM rollup_mark
WHERE source IN ('member', 'member_event', 'member_event_replaced', 'member_merge', 'member_day_sealed', 'member_stay_sealed',
                 'purchase_sealed', 'member_cohort_sealed', 'first_stay_sealed', 'buyer_cohort_sealed', 'renewal_sealed',
                 'happening_sealed', 'file_day_sealed', 'event_place_sealed', 'file_place_sealed', 'file_word_sealed');
