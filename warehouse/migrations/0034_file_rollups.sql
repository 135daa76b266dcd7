-- Rollup of members' files: how many are members, state which basic data, state what can be right, and are fresh, on each day.

-- The file that counts is the latest one; of two of the same instant that which was written later.
CREATE OR REPLACE MACRO member_file_until(known) AS TABLE
SELECT m.member_id, m.language, m.channel, m.name, m.phone, m.email, m.birthday, m.gender, m.city, m.attributes,
       m.is_example, m.recorded_by, m.recorded_at
FROM member AS m
WHERE m.recorded_at <= known
  AND NOT EXISTS (SELECT 1 FROM member_alias_until(known) AS a WHERE a.member_id = m.member_id)
QUALIFY row_number() OVER (PARTITION BY m.member_id ORDER BY m.recorded_at DESC, m.rowid DESC) = 1;

-- What makes a value one that can be right; a birthday also has to be over by the day in question.
CREATE MACRO is_phone(said) AS
    regexp_full_match(said, '\+?[0-9 ()./-]+') AND len(regexp_replace(said, '[^0-9]', '', 'g')) BETWEEN 7 AND 15;
CREATE MACRO is_email(said) AS
    regexp_full_match(said, '[^@\s,;<>"]+@([^@\s.,;<>"]+\.)+[^@\s.,;<>"]{2,}') AND len(said) <= 254;
CREATE MACRO birthday_of(said) AS
    CASE WHEN regexp_full_match(said, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(said AS DATE) >= DATE '1900-01-01'
         THEN TRY_CAST(said AS DATE) END;

-- How many rows of each table of the register are sealed.
CREATE OR REPLACE VIEW register_mark AS
SELECT coalesce(max(CASE WHEN k.source = 'member_event' THEN k.sealed_to END), 0) AS events,
       coalesce(max(CASE WHEN k.source = 'member_event_replaced' THEN k.sealed_to END), 0) AS replaced,
       coalesce(max(CASE WHEN k.source = 'member_merge' THEN k.sealed_to END), 0) AS merges,
       coalesce(max(CASE WHEN k.source = 'member' THEN k.sealed_to END), 0) AS files
FROM rollup_mark AS k;

-- The members whom anything since concerns, their files too; what their files say changes nothing in the other tails.
CREATE OR REPLACE VIEW member_changed AS
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

-- Their files as they were kept from time to time, now (n = 1) and when they were sealed (n = -1). A duplicate's file is not
-- left out: nothing happens to a duplicate, so it is nobody's.
CREATE VIEW file_version_tail AS
SELECT 1 AS n, f.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.recorded_at, f.rowid AS place
FROM member AS f
JOIN member_changed AS c ON c.member_id = f.member_id
UNION ALL
SELECT -1, f.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.recorded_at, f.rowid
FROM member AS f
JOIN member_changed AS c ON c.member_id = f.member_id
WHERE f.rowid < (SELECT k.files FROM register_mark AS k);

-- By how many the members rise (or fall) from the end of a day on, and those of them of whose files a fact holds:
--   name, phone, email, birthday, gender, city   the latest file states it
--   phone fits, email fits, birthday fits        and it can be right (a birthday from its day on)
--   fresh                                        it was entered or changed within the 365 days before, by the day in UTC
-- The sum over all days before a day is how many there are before it.
CREATE TABLE file_day_sealed (
    day DATE NOT NULL,
    fact VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW file_day_tail AS
WITH latest AS (
    SELECT v.n, v.member_id, birthday_of(v.birthday) AS born,
           [v.name IS NOT NULL, v.phone IS NOT NULL, v.email IS NOT NULL, v.birthday IS NOT NULL, v.gender IS NOT NULL,
            v.city IS NOT NULL, coalesce(is_phone(v.phone), FALSE), coalesce(is_email(v.email), FALSE)] AS holds
    FROM file_version_tail AS v
    QUALIFY row_number() OVER (PARTITION BY v.n, v.member_id ORDER BY v.recorded_at DESC, v.place DESC) = 1
), change AS (
    SELECT s.n, s.member_id, s.day, sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) AS change
    FROM member_step_tail AS s
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
    FROM file_version_tail AS v
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

CREATE VIEW file_day AS
SELECT s.day, s.fact, s.n FROM file_day_sealed AS s
UNION ALL
SELECT t.day, t.fact, t.n FROM file_day_tail AS t;

-- What was sealed of the register is sealed anew, together with this: until then all of it is tail.
DELETE FROM member_day_sealed;
DELETE FROM member_stay_sealed;
DELETE FROM purchase_sealed;
DELETE FROM member_cohort_sealed;
DELETE FROM first_stay_sealed;
DELETE FROM buyer_cohort_sealed;
DELETE FROM renewal_sealed;
DELETE FROM happening_sealed;
DELETE FROM rollup_mark
WHERE source IN ('member_event', 'member_event_replaced', 'member_merge', 'member_day_sealed', 'member_stay_sealed', 'purchase_sealed',
                 'member_cohort_sealed', 'first_stay_sealed', 'buyer_cohort_sealed', 'renewal_sealed', 'happening_sealed');
