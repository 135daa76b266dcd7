-- How long forms stayed on each page, counted: so that their quartiles need not look at every page that was ever sent.

-- Tenths of a second: all of them up to ten seconds, whole seconds up to 1,000, beyond these three figures (1,230 s, 12,300 s). A page
-- shows whole seconds; and so the counts of a page are few, however many forms there are and however long they lay open.
CREATE MACRO page_tenths_of(tenths, zeros) AS CAST(round(tenths / pow(10, zeros)) * pow(10, zeros) AS BIGINT);
CREATE MACRO page_tenths_told(tenths) AS
    page_tenths_of(tenths, list_max([0, least(length(CAST(abs(tenths) AS VARCHAR)) - 2, 1), length(CAST(abs(tenths) AS VARCHAR)) - 3]));
CREATE MACRO page_tenths(began_at, left_at) AS
    page_tenths_told(CAST(round((epoch_us(left_at) - epoch_us(began_at)) / 100000) AS BIGINT));

-- The time on each page by what was told of its being sent (is_now, survey, response_id, version, page, shown_at, happened_at). A page
-- counts from the page before on the same sheet, else from when that was shown, which is true of the first page of a version alone:
-- as_first says of which the row holds, of the first page (TRUE), of any other (FALSE) or of all (NULL). Of a form that was filled in
-- twice, in two tabs, each page counts once: as it was sent first.
CREATE MACRO page_time_of(told) AS TABLE
WITH gone AS (
    SELECT e.is_now, e.survey, e.response_id, e.version, e.page, e.shown_at, min(e.happened_at) AS left_at
    FROM query_table(told) AS e
    GROUP BY e.is_now, e.survey, e.response_id, e.version, e.page, e.shown_at
), ordered AS (
    SELECT g.is_now, g.survey, g.response_id, g.version, g.page, g.shown_at, g.left_at,
           lag(g.left_at) OVER (PARTITION BY g.is_now, g.survey, g.response_id, g.shown_at
                                ORDER BY g.left_at, g.page, g.version) AS turned_at
    FROM gone AS g
), sent_first AS (
    SELECT o.is_now, o.survey, o.response_id, o.version, o.page,
           min(row(o.left_at, o.shown_at, o.turned_at)) AS earliest,
           min(row(o.left_at, o.shown_at, o.turned_at)) FILTER (o.turned_at IS NOT NULL) AS earliest_turned
    FROM ordered AS o
    GROUP BY o.is_now, o.survey, o.response_id, o.version, o.page
)
SELECT f.is_now, f.survey, f.response_id, f.version, f.page, CASE WHEN f.earliest[3] IS NULL THEN TRUE END AS as_first,
       page_tenths(coalesce(f.earliest[3], f.earliest[2]), f.earliest[1]) AS tenths
FROM sent_first AS f
UNION ALL
SELECT f.is_now, f.survey, f.response_id, f.version, f.page, FALSE,
       page_tenths(f.earliest_turned[3], f.earliest_turned[1])
FROM sent_first AS f
WHERE f.earliest[3] IS NULL AND f.earliest_turned IS NOT NULL;

-- All that was told of pages.
CREATE VIEW page_left AS
SELECT TRUE AS is_now, e.survey, e.response_id, e.version, e.page, e.shown_at, e.happened_at, e.rowid AS place
FROM fieldwork_event AS e
WHERE e.event = 'page';

-- Forms by the time on each of their pages. wave is NULL for the open link.
CREATE TABLE page_time_sealed (
    survey VARCHAR NOT NULL,
    wave VARCHAR,
    version INTEGER NOT NULL,
    page SMALLINT NOT NULL,
    as_first BOOLEAN,
    tenths BIGINT NOT NULL,
    n BIGINT NOT NULL
);

-- All pages of the forms of which one was sent since, or whose wave an invitation may have changed since: as they are now and as
-- they were sealed.
CREATE VIEW page_left_tail AS
WITH sealed AS (
    SELECT coalesce(max(k.sealed_to) FILTER (k.source = 'fieldwork_event'), 0) AS events FROM rollup_mark AS k
), changed AS (
    SELECT unnest(list(DISTINCT c.response_id)) AS response_id
    FROM (
        SELECT p.response_id FROM page_left AS p WHERE p.place >= (SELECT s.events FROM sealed AS s)
        UNION ALL
        SELECT x.response_id FROM invitation_tail AS x
    ) AS c
)
SELECT v.is_now, f.survey, f.response_id, f.version, f.page, f.shown_at, f.happened_at
FROM (
    SELECT p.place, p.survey, p.response_id, p.version, p.page, p.shown_at, p.happened_at
    FROM page_left AS p
    JOIN changed AS c ON c.response_id = p.response_id
) AS f
CROSS JOIN (VALUES (TRUE), (FALSE)) AS v(is_now)
WHERE v.is_now OR f.place < (SELECT s.events FROM sealed AS s);

CREATE VIEW page_time_tail AS
WITH timed AS (
    SELECT t.is_now, t.survey, t.response_id, t.version, t.page, t.as_first, t.tenths FROM page_time_of('page_left_tail') AS t
), known AS (
    SELECT unnest(list(DISTINCT t.response_id)) AS response_id FROM timed AS t
), link AS (
    SELECT v.is_now, f.response_id, f.survey, max_by(f.wave, f.created_at) AS wave
    FROM (
        SELECT i.rowid AS place, i.response_id, i.survey, i.wave, i.created_at
        FROM invitation AS i
        JOIN known AS k ON k.response_id = i.response_id
    ) AS f
    CROSS JOIN (VALUES (TRUE), (FALSE)) AS v(is_now)
    WHERE v.is_now OR f.place < (SELECT coalesce(max(k.sealed_to), 0) FROM rollup_mark AS k WHERE k.source = 'invitation')
    GROUP BY v.is_now, f.response_id, f.survey
)
SELECT t.survey, l.wave, t.version, t.page, t.as_first, t.tenths, CASE WHEN t.is_now THEN 1 ELSE -1 END AS n
FROM timed AS t
LEFT JOIN link AS l ON l.is_now = t.is_now AND l.response_id = t.response_id AND l.survey = t.survey;

CREATE VIEW page_time AS
SELECT s.survey, s.wave, s.version, s.page, s.as_first, s.tenths, s.n FROM page_time_sealed AS s
UNION ALL
SELECT t.survey, t.wave, t.version, t.page, t.as_first, t.tenths, t.n FROM page_time_tail AS t;

-- What is sealed already of pages and of invitations, up to the marks of both: nothing else is sealed anew.
CREATE VIEW page_left_filling AS
SELECT p.is_now, p.survey, p.response_id, p.version, p.page, p.shown_at, p.happened_at
FROM page_left AS p
WHERE p.place < (SELECT coalesce(max(k.sealed_to), 0) FROM rollup_mark AS k WHERE k.source = 'fieldwork_event');
INSERT INTO page_time_sealed
SELECT t.survey, l.wave, t.version, t.page, t.as_first, t.tenths, count(*)
FROM page_time_of('page_left_filling') AS t
LEFT JOIN (
    SELECT i.response_id, i.survey, max_by(i.wave, i.created_at) AS wave
    FROM invitation AS i
    WHERE i.rowid < (SELECT coalesce(max(k.sealed_to), 0) FROM rollup_mark AS k WHERE k.source = 'invitation')
    GROUP BY i.response_id, i.survey
) AS l ON l.response_id = t.response_id AND l.survey = t.survey
GROUP BY t.survey, l.wave, t.version, t.page, t.as_first, t.tenths
ORDER BY ALL;
DROP VIEW page_left_filling;
