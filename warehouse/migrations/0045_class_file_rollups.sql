-- Files of members by class are counted, and what two files may agree in is noted: so that pages with millions of members look
-- neither at every file nor at everybody of one name.

-- What the latest of the `versions` of a file states, and of which days on it was changed within a year. In parts of file_day_of,
-- which says what it said.
CREATE MACRO file_facts_of(versions) AS TABLE
SELECT v.n, v.member_id, birthday_of(v.birthday) AS born,
       [v.name IS NOT NULL, v.phone IS NOT NULL, v.email IS NOT NULL, v.birthday IS NOT NULL, v.gender IS NOT NULL,
        v.city IS NOT NULL, coalesce(is_phone(v.phone), FALSE), coalesce(is_email(v.email), FALSE)] AS holds
FROM query_table(versions) AS v
QUALIFY row_number() OVER (PARTITION BY v.n, v.member_id ORDER BY v.recorded_at DESC, v.place DESC) = 1;

CREATE MACRO file_fresh_of(versions) AS TABLE
WITH kept AS (
    SELECT v.n, v.member_id, CAST(v.recorded_at AS DATE) AS day,
           lag(CAST(v.recorded_at AS DATE)) OVER (PARTITION BY v.n, v.member_id ORDER BY v.recorded_at) AS previous_day
    FROM query_table(versions) AS v
), numbered AS (
    SELECT k.n, k.member_id, k.day,
           count(CASE WHEN k.previous_day IS NULL OR k.day > k.previous_day + 365 THEN 1 END)
               OVER (PARTITION BY k.n, k.member_id ORDER BY k.day) AS place
    FROM kept AS k
)
-- Without a gap fresh: from the end of the first day until the end of the last one.
SELECT m.n, m.member_id, min(m.day) AS since, max(m.day) + 365 AS until
FROM numbered AS m
GROUP BY m.n, m.member_id, m.place;

CREATE MACRO file_fact_names(holds) AS
    list_where(['name', 'phone', 'email', 'birthday', 'gender', 'city', 'phone fits', 'email fits'], holds);

CREATE OR REPLACE MACRO file_day_of(steps, versions) AS TABLE
WITH latest AS (
    SELECT l.n, l.member_id, l.born, l.holds FROM file_facts_of(versions) AS l
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
), both_hold AS (
    SELECT s.n, greatest(s.since, f.since) AS since, least(coalesce(s.until, f.until), f.until) AS until
    FROM stay AS s
    JOIN file_fresh_of(versions) AS f ON f.n = s.n AND f.member_id = s.member_id
    WHERE s.change > 0 AND greatest(s.since, f.since) < least(coalesce(s.until, f.until), f.until)
)
SELECT f.day, 'member' AS fact, f.n FROM filed AS f
UNION ALL
SELECT f.day, unnest(file_fact_names(f.holds)), f.n FROM filed AS f
UNION ALL
SELECT greatest(c.day, l.born), 'birthday fits', c.n * c.change
FROM change AS c
JOIN latest AS l ON l.n = c.n AND l.member_id = c.member_id
WHERE l.born IS NOT NULL
UNION ALL
SELECT b.since, 'fresh', b.n FROM both_hold AS b
UNION ALL
SELECT b.until, 'fresh', -b.n FROM both_hold AS b;

-- As file_day, of the members of each class by each of the bars: a file states for all time what it states last, and is fresh from
-- day to day.
CREATE MACRO tier_file_of(spans, versions) AS TABLE
WITH stay AS (
    SELECT s.n, s.rules, s.tier, s.member_id, s.since, s.until FROM query_table(spans) AS s WHERE s.is_member
), latest AS (
    SELECT l.n, l.member_id, l.born, l.holds FROM file_facts_of(versions) AS l
), change AS (
    SELECT s.n, s.rules, s.tier, s.member_id, s.since AS day, s.n AS change FROM stay AS s
    UNION ALL
    SELECT s.n, s.rules, s.tier, s.member_id, s.until, -s.n FROM stay AS s WHERE s.until IS NOT NULL
), filed AS (
    SELECT c.rules, c.tier, c.day, l.holds, sum(c.change) AS n
    FROM change AS c
    LEFT JOIN latest AS l ON l.n = c.n AND l.member_id = c.member_id
    GROUP BY c.rules, c.tier, c.day, l.holds
), both_hold AS (
    SELECT s.rules, s.tier, s.n, greatest(s.since, f.since) AS since, least(coalesce(s.until, f.until), f.until) AS until
    FROM stay AS s
    JOIN file_fresh_of(versions) AS f ON f.n = s.n AND f.member_id = s.member_id
    WHERE greatest(s.since, f.since) < least(coalesce(s.until, f.until), f.until)
)
SELECT f.rules, f.tier, f.day, 'member' AS fact, f.n FROM filed AS f
UNION ALL
SELECT f.rules, f.tier, f.day, unnest(file_fact_names(f.holds)), f.n FROM filed AS f
UNION ALL
SELECT c.rules, c.tier, greatest(c.day, l.born), 'birthday fits', c.change
FROM change AS c
JOIN latest AS l ON l.n = c.n AND l.member_id = c.member_id
WHERE l.born IS NOT NULL
UNION ALL
SELECT b.rules, b.tier, b.since, 'fresh', b.n FROM both_hold AS b
UNION ALL
SELECT b.rules, b.tier, b.until, 'fresh', -b.n FROM both_hold AS b;

CREATE TABLE tier_file_sealed (
    rules VARCHAR NOT NULL,
    tier VARCHAR NOT NULL,
    day DATE NOT NULL,
    fact VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

-- The files of those whose classes are in the tail: where bars are new, also of those for whom nothing changed.
CREATE VIEW tier_version_tail AS
SELECT t.n, t.member_id, t.name, t.phone, t.email, t.birthday, t.gender, t.city, t.recorded_at, t.place FROM file_version_tail AS t
UNION ALL
SELECT 1, f.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.recorded_at, f.rowid
FROM member AS f
JOIN tier_who_tail AS w ON w.member_id = f.member_id AND NOT w.is_changed;

CREATE VIEW tier_file AS
SELECT s.rules, s.tier, s.day, s.fact, s.n FROM tier_file_sealed AS s
UNION ALL
SELECT t.rules, t.tier, t.day, t.fact, t.n FROM tier_file_of('tier_span_tail', 'tier_version_tail') AS t;

-- What the files from a place on could agree in with others, as a number that is the same in every version of the engine, whose
-- file it is, and where it stands.
CREATE MACRO mark_key(why, said) AS md5_number_lower(why || ' ' || said);
CREATE MACRO file_marks_from(first_place) AS TABLE
SELECT mark_key(m.mark.why, m.mark.said) AS key, place_key(m.member_id) AS member_key, m.place
FROM (
    SELECT f.member_id, f.rowid AS place, unnest(file_marks(f.name, f.phone, f.email, f.birthday)) AS mark
    FROM member AS f
    WHERE f.rowid >= first_place
) AS m;

CREATE TABLE file_mark_sealed (
    key UBIGINT NOT NULL,
    member_key UBIGINT NOT NULL,
    place BIGINT NOT NULL
);

CREATE VIEW file_mark AS
SELECT s.key, s.member_key, s.place FROM file_mark_sealed AS s
UNION ALL
SELECT m.key, m.member_key, m.place FROM file_marks_from((SELECT k.files FROM register_mark AS k)) AS m;

-- What is sealed of the register stays sealed: these two are filled up to the same marks.
INSERT INTO file_mark_sealed
SELECT m.key, m.member_key, m.place
FROM file_marks_from(0) AS m
WHERE m.place < (SELECT k.files FROM register_mark AS k)
ORDER BY ALL;

CREATE VIEW tier_file_filling AS SELECT 1 AS n, s.rules, s.tier, s.member_id, s.since, s.until, s.is_member FROM tier_span_sealed AS s;
CREATE VIEW file_version_filling AS
SELECT 1 AS n, f.member_id, f.name, f.phone, f.email, f.birthday, f.gender, f.city, f.recorded_at, f.rowid AS place
FROM member AS f
WHERE f.rowid < (SELECT k.files FROM register_mark AS k);
INSERT INTO tier_file_sealed
SELECT t.rules, t.tier, t.day, t.fact, sum(t.n)
FROM tier_file_of('tier_file_filling', 'file_version_filling') AS t
GROUP BY t.rules, t.tier, t.day, t.fact
HAVING sum(t.n) <> 0
ORDER BY ALL;
DROP VIEW tier_file_filling;
DROP VIEW file_version_filling;
