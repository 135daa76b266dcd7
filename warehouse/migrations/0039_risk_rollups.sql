-- Where each member stands after everything that happened to them: who is likely to go is told from it. A row for each
-- member, written anew when anything changes for them; it holds for days after the last thing that happened.

CREATE OR REPLACE VIEW member_history_tail AS
SELECT 1 AS n, c.member_id, e.event, e.happened_at, e.recorded_at, e.day, e.event_key, e.amount
FROM member_event AS e
LEFT JOIN member_alias AS a ON a.member_id = e.member_id
JOIN member_changed AS c ON c.member_id = coalesce(a.kept_id, e.member_id)
WHERE NOT EXISTS (
    SELECT 1 FROM member_event_replaced AS r WHERE r.event_key = e.event_key AND r.revision = e.revision)
UNION ALL
SELECT -1, c.member_id, e.event, e.happened_at, e.recorded_at, e.day, e.event_key, e.amount
FROM member_event AS e
LEFT JOIN member_alias_sealed AS a ON a.member_id = e.member_id
JOIN member_changed AS c ON c.member_id = coalesce(a.kept_id, e.member_id)
WHERE e.rowid < (SELECT k.events FROM register_mark AS k) AND NOT EXISTS (
    SELECT 1 FROM member_event_replaced AS r
    WHERE r.event_key = e.event_key AND r.revision = e.revision
      AND r.rowid < (SELECT k.replaced FROM register_mark AS k));

CREATE VIEW member_history_now_tail AS SELECT * FROM member_history_tail AS h WHERE h.n = 1;

-- inside: whether they are a member; lapsed_on: when their membership lapsed, where that was said last; last_day: of all that
-- happened; key: place_key of the number, which is joined and sorted sooner.
CREATE TABLE standing_sealed (
    key UBIGINT NOT NULL,
    member_id VARCHAR NOT NULL,
    inside BOOLEAN NOT NULL,
    lapsed_on DATE,
    deals BIGINT NOT NULL,
    spent DECIMAL(18, 2) NOT NULL,
    bought_on DATE,
    last_day DATE NOT NULL,
    channel VARCHAR
);

-- `history` is member_history or one like it, here and below.
CREATE MACRO standing_of(history) AS TABLE
WITH filed AS (
    SELECT f.member_id, max_by(f.channel, ROW(f.recorded_at, f.rowid)) AS channel
    FROM member AS f
    JOIN (SELECT DISTINCT h.member_id FROM query_table(history) AS h) AS c ON c.member_id = f.member_id
    GROUP BY f.member_id
)
SELECT place_key(s.member_id) AS key, s.member_id, coalesce(s.said IN ('joined', 'renewed', 'returned'), FALSE) AS inside,
       CASE WHEN s.said = 'lapsed' THEN s.said_on END AS lapsed_on, s.deals, CAST(s.spent AS DECIMAL(18, 2)) AS spent, s.bought_on,
       s.last_day, s.channel
FROM (
    SELECT h.member_id,
           max_by(h.event, ROW(h.happened_at, h.recorded_at, place_at_instant(h.event)))
               FILTER (h.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')) AS said,
           max(h.day) FILTER (h.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')) AS said_on,
           count(*) FILTER (h.event = 'purchase') AS deals, coalesce(sum(h.amount) FILTER (h.event = 'purchase'), 0) AS spent,
           max(h.day) FILTER (h.event = 'purchase') AS bought_on, max(h.day) AS last_day, any_value(f.channel) AS channel
    FROM query_table(history) AS h
    LEFT JOIN filed AS f ON f.member_id = h.member_id
    GROUP BY h.member_id
) AS s;

CREATE VIEW standing_tail AS SELECT * FROM standing_of('member_history_now_tail');

CREATE VIEW standing AS
SELECT s.key, s.member_id, s.inside, s.lapsed_on, s.deals, s.spent, s.bought_on, s.last_day, s.channel
FROM standing_sealed AS s
WHERE NOT EXISTS (SELECT 1 FROM member_changed AS c WHERE c.member_id = s.member_id)
UNION ALL
SELECT t.key, t.member_id, t.inside, t.lapsed_on, t.deals, t.spent, t.bought_on, t.last_day, t.channel FROM standing_tail AS t;

-- On which days, both included, after their last purchase members have bought less than half as often in the 90 days before
-- as in the 90 before these (two or more).
CREATE TABLE falling_sealed (
    member_id VARCHAR NOT NULL,
    since DATE NOT NULL,
    until DATE NOT NULL
);

CREATE MACRO falling_of(history) AS TABLE
WITH bought AS (
    SELECT h.member_id, h.day, max(h.day) OVER (PARTITION BY h.member_id) AS last_day
    FROM query_table(history) AS h
    WHERE h.event = 'purchase'
), turn AS (
    -- A purchase counts as a late one for 90 days, as an early one for 90 more, then no longer.
    SELECT b.member_id, unnest([b.last_day + 1, greatest(b.day + 91, b.last_day + 1), b.day + 181]) AS day,
           unnest([1, -1, 0]) AS lately, unnest([0, 1, -1]) AS early
    FROM bought AS b
    WHERE b.day > b.last_day - 180
), turned AS (
    SELECT t.member_id, t.day, sum(t.lately) AS lately, sum(t.early) AS early FROM turn AS t GROUP BY t.member_id, t.day
), counted AS (
    SELECT t.member_id, t.day, sum(t.lately) OVER story AS lately, sum(t.early) OVER story AS early, lead(t.day) OVER story AS next_day
    FROM turned AS t
    WINDOW story AS (PARTITION BY t.member_id ORDER BY t.day)
)
SELECT c.member_id, c.day AS since, c.next_day - 1 AS until
FROM counted AS c
WHERE c.early >= 2 AND 2 * c.lately < c.early;

CREATE VIEW falling_tail AS SELECT * FROM falling_of('member_history_now_tail');

CREATE VIEW falling AS
SELECT s.member_id, s.since, s.until
FROM falling_sealed AS s
WHERE NOT EXISTS (SELECT 1 FROM member_changed AS c WHERE c.member_id = s.member_id)
UNION ALL
SELECT t.member_id, t.since, t.until FROM falling_tail AS t;

-- Of whose answers of the 180 days before a day the last one was low: a detractor's, or one of the lower two grades.
CREATE MACRO low_scored(until) AS TABLE
SELECT s.member_id
FROM (
    SELECT coalesce(a.kept_id, r.member_id) AS member_id, r.submitted_at,
           bool_or((q.measures = 'nps' AND r.scores[q.score_position] <= 6)
                   OR (q.measures = 'csat' AND r.scores[q.score_position] <= q.scale_min + 1)) AS is_low
    FROM response AS r
    JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version
        AND q.measures IN ('nps', 'csat') AND r.scores[q.score_position] IS NOT NULL
    LEFT JOIN member_alias AS a ON a.member_id = r.member_id
    WHERE r.member_id IS NOT NULL AND r.day < until AND r.day >= CAST(until AS DATE) - 180
    GROUP BY ALL
) AS s
GROUP BY s.member_id
HAVING max_by(s.is_low, s.submitted_at);

-- Of whom a complaint or crisis received before a day is open.
CREATE MACRO complaining(until) AS TABLE
SELECT DISTINCT coalesce(a.kept_id, c.member_id) AS member_id
FROM service_case AS c
LEFT JOIN member_alias AS a ON a.member_id = c.member_id
WHERE c.category IN ('complaint', 'crisis') AND c.member_id IS NOT NULL AND c.received_day < until
  AND (c.resolved_at IS NULL OR (c.reopened_at IS NOT NULL AND c.resolved_again_at IS NULL));

-- What is sealed of the register is sealed anew, together with this: until then all of it is tail.
DELETE FROM event_place_sealed;
DELETE FROM file_place_sealed;
DELETE FROM file_word_sealed;
DELETE FROM file_day_sealed;
DELETE FROM member_day_sealed;
DELETE FROM member_stay_sealed;
DELETE FROM purchase_sealed;
DELETE FROM member_cohort_sealed;
DELETE FROM first_stay_sealed;
DELETE FROM buyer_cohort_sealed;
DELETE FROM renewal_sealed;
DELETE FROM happening_sealed;
DELETE FROM rollup_mark
WHERE source IN ('member', 'member_event', 'member_event_replaced', 'member_merge', 'member_day_sealed', 'member_stay_sealed',
                 'purchase_sealed', 'member_cohort_sealed', 'first_stay_sealed', 'buyer_cohort_sealed', 'renewal_sealed',
                 'happening_sealed', 'file_day_sealed', 'event_place_sealed', 'file_place_sealed', 'file_word_sealed');
