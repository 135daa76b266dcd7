-- The rollups of the register are counted for some members at a time: with millions of them nothing has room for all of them
-- at once. So what each is told from has a name that is given: a table of those at hand, or a tail as before.

-- The members whom anything since the marks concerns, as they count now and as they counted then.
CREATE VIEW member_touched AS
WITH touched AS (
    SELECT e.member_id FROM member_event AS e WHERE e.rowid >= (SELECT k.events FROM register_mark AS k)
    UNION
    SELECT f.member_id FROM member AS f WHERE f.rowid >= (SELECT k.files FROM register_mark AS k)
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
SELECT coalesce(a.kept_id, t.member_id) AS member_id
FROM touched AS t
LEFT JOIN member_alias AS a ON a.member_id = t.member_id
UNION
SELECT coalesce(s.kept_id, t.member_id)
FROM touched AS t
LEFT JOIN member_alias_sealed AS s ON s.member_id = t.member_id;

-- They go through a list, so that the engine knows them for the few and looks the many up among them.
CREATE OR REPLACE VIEW member_changed AS SELECT unnest(list(t.member_id)) AS member_id FROM member_touched AS t;

-- Of those of `who`: their histories as they are now (n = 1) and as they were sealed (n = -1), and their files likewise. A
-- duplicate's file is not left out: nothing happens to a duplicate, so it is nobody's.
CREATE MACRO member_history_of(who) AS TABLE
SELECT 1 AS n, c.member_id, e.event, e.happened_at, e.recorded_at, e.day, e.event_key, e.amount, e.tier
FROM member_event AS e
LEFT JOIN member_alias AS a ON a.member_id = e.member_id
JOIN query_table(who) AS c ON c.member_id = coalesce(a.kept_id, e.member_id)
WHERE NOT EXISTS (
    SELECT 1 FROM member_event_replaced AS r WHERE r.event_key = e.event_key AND r.revision = e.revision)
UNION ALL
SELECT -1, c.member_id, e.event, e.happened_at, e.recorded_at, e.day, e.event_key, e.amount, e.tier
FROM member_event AS e
LEFT JOIN member_alias_sealed AS a ON a.member_id = e.member_id
JOIN query_table(who) AS c ON c.member_id = coalesce(a.kept_id, e.member_id)
WHERE e.rowid < (SELECT k.events FROM register_mark AS k) AND NOT EXISTS (
    SELECT 1 FROM member_event_replaced AS r
    WHERE r.event_key = e.event_key AND r.revision = e.revision
      AND r.rowid < (SELECT k.replaced FROM register_mark AS k));
CREATE OR REPLACE VIEW member_history_tail AS SELECT * FROM member_history_of('member_changed');

CREATE MACRO file_version_of(who) AS TABLE
SELECT 1 AS n, f.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.channel, f.recorded_at, f.rowid AS place
FROM member AS f
JOIN query_table(who) AS c ON c.member_id = f.member_id
UNION ALL
SELECT -1, f.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.channel, f.recorded_at, f.rowid
FROM member AS f
JOIN query_table(who) AS c ON c.member_id = f.member_id
WHERE f.rowid < (SELECT k.files FROM register_mark AS k);
CREATE OR REPLACE VIEW file_version_tail AS SELECT * FROM file_version_of('member_changed');

-- As before but for that.
CREATE MACRO member_step_of(history) AS TABLE
WITH said AS (
    SELECT h.n, h.member_id, h.day, h.event IN ('joined', 'renewed', 'returned') AS inside,
           lag(h.event IN ('joined', 'renewed', 'returned'), 1, FALSE) OVER story AS was_inside,
           max(h.event IN ('joined', 'renewed', 'returned'))
               OVER (story ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS was_ever
    FROM query_table(history) AS h
    WHERE h.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')
    WINDOW story AS (PARTITION BY h.n, h.member_id
                     ORDER BY h.happened_at, h.recorded_at, place_at_instant(h.event), h.event_key)
)
SELECT s.n, s.member_id, s.day, CASE WHEN NOT s.inside THEN 'left' WHEN s.was_ever THEN 'returned' ELSE 'joined' END AS step
FROM said AS s
WHERE s.inside <> s.was_inside;
CREATE OR REPLACE VIEW member_step_tail AS SELECT * FROM member_step_of('member_history_tail');

CREATE MACRO member_stay_of(steps) AS TABLE
WITH changed AS (
    SELECT t.n, t.member_id, t.day, sum(CASE WHEN t.step = 'left' THEN -1 ELSE 1 END) AS change
    FROM query_table(steps) AS t
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
CREATE OR REPLACE VIEW member_stay_tail AS SELECT * FROM member_stay_of('member_step_tail');

CREATE MACRO purchase_of(history) AS TABLE
SELECT h.day, lag(h.day) OVER bought AS previous_day, least(row_number() OVER bought, 3) AS place, h.n
FROM query_table(history) AS h
WHERE h.event = 'purchase'
WINDOW bought AS (PARTITION BY h.n, h.member_id ORDER BY h.day);
CREATE OR REPLACE VIEW purchase_tail AS SELECT * FROM purchase_of('member_history_tail');

CREATE MACRO member_cohort_of(steps) AS TABLE
SELECT min(t.day) OVER (PARTITION BY t.n, t.member_id) AS joined_on, t.day, t.step, t.n
FROM query_table(steps) AS t;
CREATE OR REPLACE VIEW member_cohort_tail AS SELECT * FROM member_cohort_of('member_step_tail');

CREATE MACRO first_stay_of(steps) AS TABLE
SELECT min(t.day) AS joined_on, min(t.day) FILTER (t.step = 'left') AS left_on, t.n
FROM query_table(steps) AS t
GROUP BY t.n, t.member_id;
CREATE OR REPLACE VIEW first_stay_tail AS SELECT * FROM first_stay_of('member_step_tail');

CREATE MACRO buyer_cohort_of(history) AS TABLE
SELECT CAST(date_trunc('month', b.first_on) AS DATE) AS cohort, b.day,
       b.previous_day IS NULL OR b.previous_day < date_trunc('quarter', b.day) AS opens_quarter, b.n
FROM (
    SELECT h.day, min(h.day) OVER (PARTITION BY h.n, h.member_id) AS first_on,
           lag(h.day) OVER (PARTITION BY h.n, h.member_id ORDER BY h.day) AS previous_day, h.n
    FROM query_table(history) AS h
    WHERE h.event = 'purchase'
) AS b
WHERE b.previous_day IS NULL OR b.previous_day < date_trunc('month', b.day);
CREATE OR REPLACE VIEW buyer_cohort_tail AS SELECT * FROM buyer_cohort_of('member_history_tail');

CREATE MACRO renewal_of(history) AS TABLE
SELECT h.day, h.event, h.n,
       lead(h.day) OVER (PARTITION BY h.n, h.member_id
                         ORDER BY h.happened_at, h.recorded_at, place_at_instant(h.event), h.event_key) AS next_day
FROM query_table(history) AS h
WHERE h.event IN ('renewed', 'lapsed');
CREATE OR REPLACE VIEW renewal_tail AS SELECT * FROM renewal_of('member_history_tail');

CREATE MACRO file_day_of(steps, versions) AS TABLE
WITH latest AS (
    SELECT v.n, v.member_id, birthday_of(v.birthday) AS born,
           [v.name IS NOT NULL, v.phone IS NOT NULL, v.email IS NOT NULL, v.birthday IS NOT NULL, v.gender IS NOT NULL,
            v.city IS NOT NULL, coalesce(is_phone(v.phone), FALSE), coalesce(is_email(v.email), FALSE)] AS holds
    FROM query_table(versions) AS v
    QUALIFY row_number() OVER (PARTITION BY v.n, v.member_id ORDER BY v.recorded_at DESC, v.place DESC) = 1
), change AS (
    SELECT s.n, s.member_id, s.day, sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) AS change
    FROM query_table(steps) AS s
    GROUP BY s.n, s.member_id, s.day
    HAVING sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) <> 0
), filed AS (
    -- Few files differ in what they state: they are put together before they are taken apart by facts.
    SELECT c.day, l.holds, sum(c.n * c.change) AS n
    FROM change AS c
    LEFT JOIN latest AS l ON l.n = c.n AND l.member_id = c.member_id
    GROUP BY c.day, l.holds
), stay AS (
    SELECT c.n, c.member_id, c.change, c.day AS since,
           lead(c.day) OVER (PARTITION BY c.n, c.member_id ORDER BY c.day) AS until
    FROM change AS c
), kept AS (
    SELECT v.n, v.member_id, CAST(v.recorded_at AS DATE) AS day,
           lag(CAST(v.recorded_at AS DATE)) OVER (PARTITION BY v.n, v.member_id ORDER BY v.recorded_at) AS previous_day
    FROM query_table(versions) AS v
), numbered AS (
    SELECT k.n, k.member_id, k.day,
           count(CASE WHEN k.previous_day IS NULL OR k.day > k.previous_day + 365 THEN 1 END)
               OVER (PARTITION BY k.n, k.member_id ORDER BY k.day) AS place
    FROM kept AS k
), fresh AS (
    -- Without a gap fresh: from the end of the first day until the end of the last one.
    SELECT m.n, m.member_id, min(m.day) AS since, max(m.day) + 365 AS until
    FROM numbered AS m
    GROUP BY m.n, m.member_id, m.place
), both_hold AS (
    SELECT s.n, greatest(s.since, f.since) AS since, least(coalesce(s.until, f.until), f.until) AS until
    FROM stay AS s
    JOIN fresh AS f ON f.n = s.n AND f.member_id = s.member_id
    WHERE s.change > 0 AND greatest(s.since, f.since) < least(coalesce(s.until, f.until), f.until)
)
SELECT f.day, 'member' AS fact, f.n FROM filed AS f
UNION ALL
SELECT f.day, unnest(list_where(['name', 'phone', 'email', 'birthday', 'gender', 'city', 'phone fits', 'email fits'], f.holds)),
       f.n
FROM filed AS f
UNION ALL
SELECT greatest(c.day, l.born), 'birthday fits', c.n * c.change
FROM change AS c
JOIN latest AS l ON l.n = c.n AND l.member_id = c.member_id
WHERE l.born IS NOT NULL
UNION ALL
SELECT b.since, 'fresh', b.n FROM both_hold AS b
UNION ALL
SELECT b.until, 'fresh', -b.n FROM both_hold AS b;
CREATE OR REPLACE VIEW file_day_tail AS SELECT * FROM file_day_of('member_step_tail', 'file_version_tail');

-- New: how many of those who joined on a day, by the channel of their file, joined, returned and left on each day.
CREATE TABLE recruit_sealed (
    channel VARCHAR,
    joined_on DATE NOT NULL,
    day DATE NOT NULL,
    step VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE MACRO recruit_of(steps, versions) AS TABLE
WITH latest AS (
    SELECT v.n, v.member_id, max_by(v.channel, ROW(v.recorded_at, v.place)) AS channel
    FROM query_table(versions) AS v
    GROUP BY v.n, v.member_id
)
SELECT l.channel, min(s.day) OVER (PARTITION BY s.n, s.member_id) AS joined_on, s.day, s.step, s.n
FROM query_table(steps) AS s
JOIN latest AS l ON l.n = s.n AND l.member_id = s.member_id;

CREATE VIEW recruit_tail AS SELECT * FROM recruit_of('member_step_tail', 'file_version_tail');

CREATE VIEW recruit AS
SELECT s.channel, s.joined_on, s.day, s.step, s.n FROM recruit_sealed AS s
UNION ALL
SELECT t.channel, t.joined_on, t.day, t.step, t.n FROM recruit_tail AS t;

-- In what two files agree that could be one person's: the phone (its digits), the e-mail address, the name with the birthday.
CREATE MACRO file_marks(name, phone, email, birthday) AS list_filter([
    {'why': 'phone', 'said': right(regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g'), 11)},
    {'why': 'email', 'said': lower(trim(email))},
    {'why': 'name', 'said': nullif(lower(trim(name)), '') || ' ' || birthday}], lambda mark: len(mark.said) >= 5);

-- A word as file_word has it.
CREATE MACRO word_of(said) AS CAST('0x' || left(rpad(left(hex(said), 32), 32, '0'), 16) AS UBIGINT);
CREATE MACRO rest_of(said) AS CAST('0x' || right(rpad(left(hex(said), 32), 32, '0'), 16) AS UBIGINT);
