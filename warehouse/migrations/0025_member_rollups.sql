-- Rollups of the register: who was a member when, and who bought when, for all members of a kind at once. Whatever happens
-- to a member, or is corrected, undone or merged, concerns their whole history: for each member touched since the marks the
-- tail has it as it is now (n = 1) and as it was sealed (n = -1).

-- How many rows of each table of the register are sealed.
CREATE VIEW register_mark AS
SELECT coalesce(max(CASE WHEN k.source = 'member_event' THEN k.sealed_to END), 0) AS events,
       coalesce(max(CASE WHEN k.source = 'member_event_replaced' THEN k.sealed_to END), 0) AS replaced,
       coalesce(max(CASE WHEN k.source = 'member_merge' THEN k.sealed_to END), 0) AS merges
FROM rollup_mark AS k;

-- Which entries counted as another one when the register was sealed?
CREATE VIEW member_alias_sealed AS
SELECT m.member_id, max_by(m.kept_id, m.recorded_at) AS kept_id
FROM member_merge AS m
WHERE m.rowid < (SELECT k.merges FROM register_mark AS k)
GROUP BY m.member_id
HAVING NOT max_by(m.undone, m.recorded_at);

-- The members whom anything since concerns, as they count now and as they counted then. They go through a list, so that the
-- engine knows them for the few and looks the many up among them.
CREATE VIEW member_changed AS
WITH touched AS (
    SELECT e.member_id FROM member_event AS e WHERE e.rowid >= (SELECT k.events FROM register_mark AS k)
    UNION
    SELECT e.member_id
    FROM member_event AS e
    JOIN (
        SELECT unnest(list(r.event_key)) AS event_key
        FROM member_event_replaced AS r
        WHERE r.rowid >= (SELECT k.replaced FROM register_mark AS k)
    ) AS v ON v.event_key = e.event_key
    UNION
    SELECT m.member_id FROM member_merge AS m WHERE m.rowid >= (SELECT k.merges FROM register_mark AS k)
)
SELECT unnest(list(DISTINCT w.member_id)) AS member_id
FROM (
    SELECT coalesce(a.kept_id, t.member_id) AS member_id
    FROM touched AS t
    LEFT JOIN member_alias AS a ON a.member_id = t.member_id
    UNION ALL
    SELECT coalesce(s.kept_id, t.member_id)
    FROM touched AS t
    LEFT JOIN member_alias_sealed AS s ON s.member_id = t.member_id
) AS w;

-- Their histories: as member_history tells it.
CREATE VIEW member_history_tail AS
SELECT 1 AS n, c.member_id, e.event, e.happened_at, e.recorded_at, e.day, e.event_key
FROM member_event AS e
LEFT JOIN member_alias AS a ON a.member_id = e.member_id
JOIN member_changed AS c ON c.member_id = coalesce(a.kept_id, e.member_id)
WHERE NOT EXISTS (
    SELECT 1 FROM member_event_replaced AS r WHERE r.event_key = e.event_key AND r.revision = e.revision)
UNION ALL
SELECT -1, c.member_id, e.event, e.happened_at, e.recorded_at, e.day, e.event_key
FROM member_event AS e
LEFT JOIN member_alias_sealed AS a ON a.member_id = e.member_id
JOIN member_changed AS c ON c.member_id = coalesce(a.kept_id, e.member_id)
WHERE e.rowid < (SELECT k.events FROM register_mark AS k) AND NOT EXISTS (
    SELECT 1 FROM member_event_replaced AS r
    WHERE r.event_key = e.event_key AND r.revision = e.revision
      AND r.rowid < (SELECT k.replaced FROM register_mark AS k));

-- How their membership really changed: as member_step tells it.
CREATE VIEW member_step_tail AS
WITH said AS (
    SELECT h.n, h.member_id, h.day, h.event IN ('joined', 'renewed', 'returned') AS inside,
           lag(h.event IN ('joined', 'renewed', 'returned'), 1, FALSE) OVER story AS was_inside,
           max(h.event IN ('joined', 'renewed', 'returned'))
               OVER (story ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS was_ever
    FROM member_history_tail AS h
    WHERE h.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')
    WINDOW story AS (PARTITION BY h.n, h.member_id ORDER BY h.happened_at, h.recorded_at,
                     list_position(['joined', 'renewed', 'lapsed', 'left', 'returned'], h.event), h.event_key)
)
SELECT s.n, s.member_id, s.day, CASE WHEN NOT s.inside THEN 'left' WHEN s.was_ever THEN 'returned' ELSE 'joined' END AS step
FROM said AS s
WHERE s.inside <> s.was_inside;

-- How many members joined, returned and left on each day.
CREATE TABLE member_day_sealed (
    day DATE NOT NULL,
    step VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW member_day AS
SELECT s.day, s.step, s.n FROM member_day_sealed AS s
UNION ALL
SELECT t.day, t.step, t.n FROM member_step_tail AS t;

-- How many members were members during two spans, each from the end of the day since to the end of the day until (NULL:
-- still): a span with itself, and with each later one of the same member. Whoever was a member on two days is in exactly
-- one such pair of spans for them.
CREATE TABLE member_stay_sealed (
    since DATE NOT NULL,
    until DATE,
    later_since DATE NOT NULL,
    later_until DATE,
    n BIGINT NOT NULL
);

CREATE VIEW member_stay_tail AS
WITH changed AS (
    SELECT t.n, t.member_id, t.day, sum(CASE WHEN t.step = 'left' THEN -1 ELSE 1 END) AS change
    FROM member_step_tail AS t
    GROUP BY t.n, t.member_id, t.day
    HAVING sum(CASE WHEN t.step = 'left' THEN -1 ELSE 1 END) <> 0
), span AS (
    SELECT c.n, c.member_id, c.change, c.day AS since,
           lead(c.day) OVER (PARTITION BY c.n, c.member_id ORDER BY c.day) AS until
    FROM changed AS c
)
SELECT p.since, p.until, q.since AS later_since, q.until AS later_until, p.n
FROM span AS p
JOIN span AS q ON q.n = p.n AND q.member_id = p.member_id AND q.since >= p.since AND q.change > 0
WHERE p.change > 0;

CREATE VIEW member_stay AS
SELECT s.since, s.until, s.later_since, s.later_until, s.n FROM member_stay_sealed AS s
UNION ALL
SELECT t.since, t.until, t.later_since, t.later_until, t.n FROM member_stay_tail AS t;

-- Purchases, each with the day of the same member's purchase before it (NULL: none); place is 1 for a member's first one, 2
-- for the second and 3 for all others.
CREATE TABLE purchase_sealed (
    day DATE NOT NULL,
    previous_day DATE,
    place BIGINT NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW purchase_tail AS
SELECT h.day, lag(h.day) OVER bought AS previous_day, least(row_number() OVER bought, 3) AS place, h.n
FROM member_history_tail AS h
WHERE h.event = 'purchase'
WINDOW bought AS (PARTITION BY h.n, h.member_id ORDER BY h.day);

CREATE VIEW purchase AS
SELECT s.day, s.previous_day, s.place, s.n FROM purchase_sealed AS s
UNION ALL
SELECT t.day, t.previous_day, t.place, t.n FROM purchase_tail AS t;
