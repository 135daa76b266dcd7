-- Rollups of classes: which class each customer was in when, and what pages and metrics count of it. As the other rollups
-- of the register: for each member touched since the marks the tail has their history as it is now (n = 1) and as it was
-- sealed (n = -1). A class holds from the end of the day since to the end of the day until (NULL: still).

-- Which bars each contract version has: versions with the same bars share what is sealed. '' are those of no contract.
CREATE VIEW tier_rules AS
SELECT t.sha256,
       md5(string_agg(concat_ws(' ', t.place, t.tier, coalesce(CAST(t.min_deals AS VARCHAR), '-'),
                                coalesce(CAST(t.min_amount AS VARCHAR), '-'), coalesce(CAST(t.within_days AS VARCHAR), '-')),
                      ', ' ORDER BY t.place)) AS rules
FROM contract_tier AS t
GROUP BY t.sha256;

CREATE VIEW tier_bar AS
SELECT DISTINCT k.rules, t.place, t.tier, t.min_deals, t.min_amount, t.within_days
FROM contract_tier AS t
JOIN tier_rules AS k ON k.sha256 = t.sha256;

-- The bars by which everybody's classes are sealed.
CREATE TABLE tier_rules_sealed (
    rules VARCHAR NOT NULL
);

-- The bars that count: of every version that is not withdrawn, and those of no contract where one has none or none is loaded.
CREATE VIEW tier_rules_used AS
WITH loaded AS (
    SELECT v.sha256 FROM contract_version AS v WHERE v.contract NOT IN (SELECT w.contract FROM withdrawn_contract AS w)
), asked AS (
    SELECT k.rules FROM loaded AS v JOIN tier_rules AS k ON k.sha256 = v.sha256
    UNION
    SELECT k.rules
    FROM tier_rules AS k
    WHERE k.sha256 = '' AND (NOT EXISTS (SELECT 1 FROM loaded)
                             OR EXISTS (SELECT 1 FROM loaded AS v
                                        WHERE v.sha256 NOT IN (SELECT t.sha256 FROM contract_tier AS t)))
)
SELECT a.rules, a.rules IN (SELECT s.rules FROM tier_rules_sealed AS s) AS is_sealed FROM asked AS a;

-- Whose classes are to be worked out: who was changed since the marks, and everybody where bars are new. They go through a
-- list, so that the engine knows them for the few and looks the many up among them.
CREATE VIEW tier_who_tail AS
WITH touched AS (
    SELECT c.member_id, TRUE AS is_changed FROM member_changed AS c
    UNION ALL
    SELECT h.member_id, FALSE
    FROM member_history AS h
    CROSS JOIN (SELECT u.rules FROM tier_rules_used AS u WHERE NOT u.is_sealed LIMIT 1) AS fresh
), who AS (
    SELECT t.member_id, bool_or(t.is_changed) AS is_changed FROM touched AS t GROUP BY t.member_id
), listed AS (
    SELECT unnest(list({'member_id': w.member_id, 'is_changed': w.is_changed})) AS one FROM who AS w
)
SELECT l.one.member_id AS member_id, l.one.is_changed AS is_changed FROM listed AS l;

-- The classes of those of `who` (a table or view as the one above), as member_tier_on tells them for every day.
CREATE MACRO tier_span_of(who) AS TABLE
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
    FROM member_history AS h
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

-- The classes of everybody, one row for as long as nothing of it changes; channel is that of the file, joined_on the day on
-- which they first joined. The only one of these rollups with a row for each customer.
CREATE TABLE tier_span_sealed (
    rules VARCHAR NOT NULL,
    member_id VARCHAR NOT NULL,
    since DATE NOT NULL,
    until DATE,
    tier VARCHAR NOT NULL,
    is_member BOOLEAN NOT NULL,
    is_stated BOOLEAN NOT NULL,
    channel VARCHAR NOT NULL,
    joined_on DATE
);

CREATE VIEW tier_span_tail AS
SELECT 1 AS n, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_of('tier_who_tail') AS s
UNION ALL
SELECT -1, s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_sealed AS s
JOIN tier_who_tail AS w ON w.member_id = s.member_id AND w.is_changed;

CREATE VIEW tier_span AS
SELECT s.rules, s.member_id, s.since, s.until, s.tier, s.is_member, s.is_stated, s.channel, s.joined_on
FROM tier_span_sealed AS s
WHERE NOT EXISTS (SELECT 1 FROM tier_who_tail AS w WHERE w.member_id = s.member_id AND w.is_changed)
UNION ALL
SELECT t.rules, t.member_id, t.since, t.until, t.tier, t.is_member, t.is_stated, t.channel, t.joined_on
FROM tier_span_of('tier_who_tail') AS t;

-- How many members more, or fewer, are in each class from the end of a day on. `spans` is tier_span_tail or one like it.
CREATE MACRO tier_day_of(spans) AS TABLE
SELECT s.rules, unnest([s.since, s.until]) AS day, s.tier, unnest([s.n, -s.n]) AS n
FROM query_table(spans) AS s
WHERE s.is_member;

CREATE TABLE tier_day_sealed (
    rules VARCHAR NOT NULL,
    day DATE NOT NULL,
    tier VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW tier_day AS
SELECT s.rules, s.day, s.tier, s.n FROM tier_day_sealed AS s
UNION ALL
SELECT t.rules, t.day, t.tier, t.n FROM tier_day_of('tier_span_tail') AS t WHERE t.day IS NOT NULL;

-- Periods begin on the first of a month: from which one on does what is known at the end of the day count?
CREATE MACRO month_after(day) AS CAST(date_trunc('month', day) + INTERVAL 1 MONTH AS DATE);

-- Customers by their class before the first of a month: how many are in which class from the end of a day on. Both add up:
-- of those who were of the class before_tier before the first of month M, as many are of after_tier before day D as the rows
-- with anchor <= M and day < D say. '' is not there.
CREATE MACRO tier_flow_of(spans) AS TABLE
WITH edge AS (
    SELECT e.n, e.rules, e.member_id, e.day, max(e.tier) AS tier
    FROM (SELECT s.n, s.rules, s.member_id, unnest([s.since, s.until]) AS day, unnest([s.tier, '']) AS tier
          FROM query_table(spans) AS s) AS e
    WHERE e.day IS NOT NULL
    GROUP BY e.n, e.rules, e.member_id, e.day
), change AS (
    SELECT e.n, e.rules, e.member_id, e.day, e.tier,
           lag(e.tier, 1, '') OVER (PARTITION BY e.n, e.rules, e.member_id ORDER BY e.day) AS left_tier
    FROM edge AS e
), passed AS MATERIALIZED (
    SELECT c.n, c.rules, c.member_id, c.day, c.left_tier, c.tier,
           lead(c.day) OVER story AS next_day, row_number() OVER story = 1 AS is_first
    FROM change AS c
    WHERE c.tier <> c.left_tier
    WINDOW story AS (PARTITION BY c.n, c.rules, c.member_id ORDER BY c.day)
), stay AS (
    SELECT p.n, p.rules, p.member_id, p.tier AS before_tier, p.day, month_after(p.day) AS anchor,
           month_after(p.next_day) AS last_anchor
    FROM passed AS p
    UNION ALL
    SELECT p.n, p.rules, p.member_id, '', DATE '0001-01-01', DATE '0001-01-01', month_after(p.day)
    FROM passed AS p
    WHERE p.is_first
), kept AS (
    SELECT s.n, s.rules, s.member_id, s.before_tier, s.day, s.anchor, s.last_anchor
    FROM stay AS s
    WHERE s.last_anchor IS NULL OR s.last_anchor > s.anchor
), pair AS (
    SELECT k.rules, k.anchor, k.last_anchor, k.before_tier, k.day, CAST(NULL AS VARCHAR) AS left_tier, k.before_tier AS tier, k.n
    FROM kept AS k
    WHERE k.before_tier <> ''
    UNION ALL
    SELECT k.rules, k.anchor, k.last_anchor, k.before_tier, p.day, p.left_tier, p.tier, k.n
    FROM kept AS k
    JOIN passed AS p ON p.n = k.n AND p.rules = k.rules AND p.member_id = k.member_id AND p.day > k.day
), anchored AS (
    SELECT a.rules, a.anchor, a.before_tier, a.day, a.left_tier, a.tier, sum(a.n) AS n
    FROM (SELECT p.rules, unnest([p.anchor, p.last_anchor]) AS anchor, p.before_tier, p.day, p.left_tier, p.tier,
                 unnest([p.n, -p.n]) AS n
          FROM pair AS p) AS a
    WHERE a.anchor IS NOT NULL
    GROUP BY ALL
), arrived AS (
    SELECT a.rules, a.anchor, a.day, a.before_tier, unnest([a.tier, a.left_tier]) AS after_tier, unnest([a.n, -a.n]) AS n
    FROM anchored AS a
)
SELECT a.rules, a.anchor, a.day, a.before_tier, a.after_tier, CAST(sum(a.n) AS BIGINT) AS n
FROM arrived AS a
WHERE a.after_tier IS NOT NULL AND (a.before_tier <> '' OR a.after_tier <> '')
GROUP BY ALL
HAVING sum(a.n) <> 0;

CREATE TABLE tier_flow_sealed (
    rules VARCHAR NOT NULL,
    anchor DATE NOT NULL,
    day DATE NOT NULL,
    before_tier VARCHAR NOT NULL,
    after_tier VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW tier_flow_tail AS SELECT * FROM tier_flow_of('tier_span_tail');

CREATE VIEW tier_flow AS
SELECT s.rules, s.anchor, s.day, s.before_tier, s.after_tier, s.n FROM tier_flow_sealed AS s
UNION ALL
SELECT t.rules, t.anchor, t.day, t.before_tier, t.after_tier, t.n FROM tier_flow_tail AS t;

-- Of it, for classes that the bars name: how many are there both times, and how many are in a later class then (place).
-- `flows` is tier_flow_sealed or one like it.
CREATE MACRO tier_rise_of(flows) AS TABLE
WITH told AS (
    SELECT f.rules, f.anchor, f.day, unnest(['there', CASE WHEN z.place > a.place THEN 'raised' END]) AS kind, f.n
    FROM query_table(flows) AS f
    JOIN tier_bar AS a ON a.rules = f.rules AND a.tier = f.before_tier
    JOIN tier_bar AS z ON z.rules = f.rules AND z.tier = f.after_tier
)
SELECT t.rules, t.anchor, t.day, t.kind, CAST(sum(t.n) AS BIGINT) AS n
FROM told AS t
WHERE t.kind IS NOT NULL
GROUP BY ALL
HAVING sum(t.n) <> 0;

CREATE TABLE tier_rise_sealed (
    rules VARCHAR NOT NULL,
    anchor DATE NOT NULL,
    day DATE NOT NULL,
    kind VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW tier_rise AS
SELECT s.rules, s.anchor, s.day, s.kind, s.n FROM tier_rise_sealed AS s
UNION ALL
SELECT t.rules, t.anchor, t.day, t.kind, t.n FROM tier_rise_of('tier_flow_tail') AS t;

-- Members by their class before the first of a month, their channel and the year of their joining: how many are members from
-- the end of a day on. It adds up as tier_flow does.
CREATE MACRO tier_kept_of(spans) AS TABLE
WITH inside AS (
    SELECT s.n, s.rules, s.member_id, s.since, s.until, s.tier, s.channel, s.joined_on
    FROM query_table(spans) AS s
    WHERE s.is_member
), step AS (
    SELECT e.n, e.rules, e.member_id, e.channel, e.joined_on, e.day, sum(e.change) AS change
    FROM (SELECT i.n, i.rules, i.member_id, i.channel, i.joined_on, unnest([i.since, i.until]) AS day, unnest([1, -1]) AS change
          FROM inside AS i) AS e
    WHERE e.day IS NOT NULL
    GROUP BY ALL
    HAVING sum(e.change) <> 0
), run AS (
    SELECT s.n, s.rules, s.member_id, s.channel, s.joined_on, s.day AS since, s.change,
           lead(s.day) OVER (PARTITION BY s.n, s.rules, s.member_id ORDER BY s.day) AS until
    FROM step AS s
), stay AS (
    SELECT i.n, i.rules, i.member_id, 'tier' AS dimension, i.tier AS group_name, i.since, i.until FROM inside AS i
    UNION ALL
    SELECT r.n, r.rules, r.member_id, unnest(['channel', 'cohort']),
           unnest([r.channel, CAST(year(r.joined_on) AS VARCHAR)]), r.since, r.until
    FROM run AS r
    WHERE r.change > 0
), kept AS (
    SELECT s.n, s.rules, s.member_id, s.dimension, s.group_name, s.since, month_after(s.since) AS anchor,
           month_after(s.until) AS last_anchor
    FROM stay AS s
    WHERE s.until IS NULL OR month_after(s.until) > month_after(s.since)
), pair AS (
    SELECT k.rules, k.anchor, k.last_anchor, k.dimension, k.group_name, k.since AS day, k.n FROM kept AS k
    UNION ALL
    SELECT k.rules, k.anchor, k.last_anchor, k.dimension, k.group_name, s.day, k.n * s.change
    FROM kept AS k
    JOIN step AS s ON s.n = k.n AND s.rules = k.rules AND s.member_id = k.member_id AND s.day > k.since
)
SELECT a.rules, a.anchor, a.day, a.dimension, a.group_name, CAST(sum(a.n) AS BIGINT) AS n
FROM (SELECT p.rules, unnest([p.anchor, p.last_anchor]) AS anchor, p.day, p.dimension, p.group_name,
             unnest([p.n, -p.n]) AS n
      FROM pair AS p) AS a
WHERE a.anchor IS NOT NULL
GROUP BY ALL
HAVING sum(a.n) <> 0;

CREATE TABLE tier_kept_sealed (
    rules VARCHAR NOT NULL,
    anchor DATE NOT NULL,
    day DATE NOT NULL,
    dimension VARCHAR NOT NULL,
    group_name VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW tier_kept AS
SELECT s.rules, s.anchor, s.day, s.dimension, s.group_name, s.n FROM tier_kept_sealed AS s
UNION ALL
SELECT t.rules, t.anchor, t.day, t.dimension, t.group_name, t.n FROM tier_kept_of('tier_span_tail') AS t;

-- In a warehouse without customers there is nothing to seal.
INSERT INTO tier_rules_sealed
SELECT u.rules FROM tier_rules_used AS u WHERE NOT EXISTS (SELECT 1 FROM member_event) AND NOT EXISTS (SELECT 1 FROM member);
INSERT INTO rollup_mark (source, sealed_to)
SELECT 'contract_tier', r.n
FROM (SELECT (SELECT count(*) FROM contract_tier) + (SELECT count(*) FROM contract_version)
             + (SELECT count(*) FROM contract_withdrawal) AS n) AS r
WHERE NOT EXISTS (SELECT 1 FROM member_event) AND NOT EXISTS (SELECT 1 FROM member);
