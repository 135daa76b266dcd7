-- How cases of fieldwork ended, how long responses took and forms stayed on pages, told of some of them alone: of four million that wait
-- there is no room.

-- Whether a form is in the part of them that is sealed now: the variables say how many parts there are, and which it is. Whoever reads has
-- none of them and is told of all.
CREATE MACRO in_tail_part(response_id) AS
    getvariable('tail_parts') IS NULL OR hash(response_id) % CAST(getvariable('tail_parts') AS UBIGINT) = CAST(getvariable('tail_part') AS UBIGINT);

-- Each case that anything happened to since, as it is now, and taken away as it was sealed.
CREATE OR REPLACE VIEW case_tail AS
WITH sealed AS (
    SELECT coalesce(max(k.sealed_to) FILTER (k.source = 'response'), 0) AS responses,
           coalesce(max(k.sealed_to) FILTER (k.source = 'invitation'), 0) AS invitations,
           coalesce(max(k.sealed_to) FILTER (k.source = 'invitation_event'), 0) AS invitation_events,
           coalesce(max(k.sealed_to) FILTER (k.source = 'fieldwork_event'), 0) AS form_events
    FROM rollup_mark AS k
), side AS (
    SELECT v.is_now, CASE WHEN v.is_now THEN 1 ELSE -1 END AS n, s.responses, s.invitations, s.invitation_events, s.form_events
    FROM (VALUES (TRUE), (FALSE)) AS v(is_now)
    CROSS JOIN sealed AS s
), changed AS (
    SELECT unnest(list(DISTINCT c.response_id)) AS response_id
    FROM (
        SELECT t.response_id FROM response_tail AS t
        UNION ALL
        SELECT x.response_id FROM invitation_tail AS x
        UNION ALL
        SELECT e.response_id FROM fieldwork_event AS e WHERE e.rowid >= (SELECT s.form_events FROM sealed AS s)
        UNION ALL
        SELECT i.response_id
        FROM invitation AS i
        JOIN invitation_event AS b ON b.token_sha256 = i.token_sha256
        WHERE b.rowid >= (SELECT s.invitation_events FROM sealed AS s)
    ) AS c
    WHERE in_tail_part(c.response_id)
), link AS (
    SELECT d.is_now, f.response_id, max_by(f, f.created_at) AS latest
    FROM (
        SELECT i.rowid AS place, i.response_id, i.survey, i.wave, i.tier, i.token_sha256, i.created_at, i.expires_at
        FROM invitation AS i
        JOIN changed AS c ON c.response_id = i.response_id
    ) AS f
    JOIN side AS d ON d.is_now OR f.place < d.invitations
    GROUP BY d.is_now, f.response_id
), marked AS (
    SELECT l.is_now, l.response_id, bool_or(b.event = 'revoked') AS is_revoked, bool_or(b.event = 'bounced') AS is_bounced
    FROM link AS l
    JOIN side AS d ON d.is_now = l.is_now
    JOIN invitation_event AS b
        ON b.token_sha256 = l.latest.token_sha256 AND (l.is_now OR b.rowid < d.invitation_events)
    GROUP BY l.is_now, l.response_id
), form AS (
    SELECT d.is_now, f.response_id, f.survey, max(f.version) AS version, max(q.position) AS furthest,
           bool_or(f.event <> 'opened') AS is_started
    FROM (
        SELECT e.rowid AS place, e.response_id, e.survey, e.version, e.event, e.question
        FROM fieldwork_event AS e
        JOIN changed AS c ON c.response_id = e.response_id
    ) AS f
    JOIN side AS d ON d.is_now OR f.place < d.form_events
    JOIN survey AS s ON s.survey = f.survey
    LEFT JOIN question AS q
        ON q.questionnaire = s.questionnaire AND q.version = f.version AND q.question = f.question
    GROUP BY d.is_now, f.response_id, f.survey
), given AS (
    SELECT d.is_now, f.response_id, f.survey, f.tier, f.touchpoint, f.day, f.is_form
    FROM (
        SELECT r.ingest_seq, r.response_id, r.survey, r.tier, r.touchpoint, r.day,
               r.import_id IS NULL AND r.channel NOT IN ('import', 'api', 'anonymous') AS is_form
        FROM response AS r
        JOIN changed AS c ON c.response_id = r.response_id
    ) AS f
    JOIN side AS d ON d.is_now OR f.ingest_seq <= d.responses
), found AS (
    SELECT l.is_now, l.response_id, l.latest.survey AS survey FROM link AS l
    UNION
    SELECT f.is_now, f.response_id, f.survey
    FROM form AS f
    WHERE NOT EXISTS (SELECT 1 FROM link AS l WHERE l.is_now = f.is_now AND l.response_id = f.response_id)
    UNION
    SELECT g.is_now, g.response_id, g.survey
    FROM given AS g
    WHERE g.is_form AND NOT EXISTS (SELECT 1 FROM link AS l WHERE l.is_now = g.is_now AND l.response_id = g.response_id)
), known AS (
    SELECT k.survey, l.latest.wave AS wave, coalesce(g.tier, l.latest.tier) AS tier, g.touchpoint, g.day,
           CASE
               WHEN g.response_id IS NOT NULL OR a.response_id IS NOT NULL AND l.response_id IS NOT NULL THEN 'completed'
               WHEN f.is_started THEN 'started'
               WHEN f.response_id IS NOT NULL THEN 'opened'
               WHEN m.is_bounced THEN 'bounced'
               WHEN m.is_revoked THEN 'withdrawn'
               ELSE 'silent'
           END AS stage,
           f.version, f.furthest, coalesce(m.is_revoked, FALSE) AS is_revoked, l.latest.expires_at AS expires_at, d.n
    FROM found AS k
    JOIN side AS d ON d.is_now = k.is_now
    LEFT JOIN link AS l ON l.is_now = k.is_now AND l.response_id = k.response_id
    LEFT JOIN marked AS m ON m.is_now = k.is_now AND m.response_id = k.response_id
    LEFT JOIN form AS f ON f.is_now = k.is_now AND f.response_id = k.response_id AND f.survey = k.survey
    LEFT JOIN given AS g ON g.is_now = k.is_now AND g.response_id = k.response_id AND g.survey = k.survey
    LEFT JOIN given AS a ON a.is_now = k.is_now AND a.response_id = k.response_id
)
SELECT k.survey, k.wave, k.tier, k.touchpoint, k.stage,
       CASE k.stage WHEN 'started' THEN k.version END AS version,
       CASE k.stage WHEN 'started' THEN k.furthest END AS furthest,
       CASE WHEN k.stage <> 'completed' THEN k.is_revoked END AS is_revoked,
       CASE WHEN k.stage <> 'completed' THEN k.expires_at END AS expires_at,
       k.day, k.n
FROM known AS k;

-- All pages of the forms of which one was sent since, or whose wave an invitation may have changed since: as they are now and as
-- they were sealed.
CREATE OR REPLACE VIEW page_left_tail AS
WITH sealed AS (
    SELECT coalesce(max(k.sealed_to) FILTER (k.source = 'fieldwork_event'), 0) AS events FROM rollup_mark AS k
), changed AS (
    SELECT unnest(list(DISTINCT c.response_id)) AS response_id
    FROM (
        SELECT p.response_id FROM page_left AS p WHERE p.place >= (SELECT s.events FROM sealed AS s)
        UNION ALL
        SELECT x.response_id FROM invitation_tail AS x
    ) AS c
    WHERE in_tail_part(c.response_id)
)
SELECT v.is_now, f.survey, f.response_id, f.version, f.page, f.shown_at, f.happened_at
FROM (
    SELECT p.place, p.survey, p.response_id, p.version, p.page, p.shown_at, p.happened_at
    FROM page_left AS p
    JOIN changed AS c ON c.response_id = p.response_id
) AS f
CROSS JOIN (VALUES (TRUE), (FALSE)) AS v(is_now)
WHERE v.is_now OR f.place < (SELECT s.events FROM sealed AS s);

-- Responses that came since; and those whose wave an invitation may have changed since, as it is now, and taken away as sealed.
CREATE OR REPLACE VIEW pace_exact_tail AS
WITH sealed AS (
    SELECT coalesce(max(k.sealed_to) FILTER (k.source = 'response'), 0) AS responses,
           coalesce(max(k.sealed_to) FILTER (k.source = 'invitation'), 0) AS invitations
    FROM rollup_mark AS k
), side AS (
    SELECT v.is_now, CASE WHEN v.is_now THEN 1 ELSE -1 END AS n, s.invitations
    FROM (VALUES (TRUE), (FALSE)) AS v(is_now)
    CROSS JOIN sealed AS s
), again AS (
    SELECT unnest(list(DISTINCT x.response_id)) AS response_id FROM invitation_tail AS x WHERE in_tail_part(x.response_id)
), given AS (
    SELECT f.response_id, f.survey, f.version, f.language, f.is_form, f.elapsed, f.is_straight, f.is_satisfied, f.nps,
           FALSE AS is_sealed
    FROM response_pace AS f
    WHERE f.ingest_seq > (SELECT s.responses FROM sealed AS s) AND in_tail_part(f.response_id)
    UNION ALL
    SELECT f.response_id, f.survey, f.version, f.language, f.is_form, f.elapsed, f.is_straight, f.is_satisfied, f.nps,
           TRUE
    FROM response_pace AS f
    JOIN again AS a ON a.response_id = f.response_id
    WHERE f.ingest_seq <= (SELECT s.responses FROM sealed AS s)
), known AS (
    SELECT unnest(list(DISTINCT g.response_id)) AS response_id FROM given AS g
), link AS (
    SELECT d.is_now, f.response_id, f.survey, max_by(f.wave, f.created_at) AS wave
    FROM (
        SELECT i.rowid AS place, i.response_id, i.survey, i.wave, i.created_at
        FROM invitation AS i
        JOIN known AS k ON k.response_id = i.response_id
    ) AS f
    JOIN side AS d ON d.is_now OR f.place < d.invitations
    GROUP BY d.is_now, f.response_id, f.survey
)
SELECT g.survey, CAST(floor(g.elapsed / 1000000) AS BIGINT) AS whole_seconds, g.version, g.language, g.elapsed,
       g.is_straight, l.wave, l.response_id IS NOT NULL OR g.is_form AS is_case, g.is_satisfied, g.nps, d.n
FROM given AS g
JOIN side AS d ON d.is_now OR g.is_sealed
LEFT JOIN link AS l ON l.is_now = d.is_now AND l.response_id = g.response_id AND l.survey = g.survey;
