-- How long responses took and which of them are straight-lined, counted: so that flags of careless answers need not look at
-- every response.

-- The batteries of each published version: lists of places in response.scores, none where it has no battery. Written when a
-- version is published, and by the next start for versions published before: it also fills the tables below then.
CREATE TABLE battery (
    questionnaire VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    blocks INTEGER[][] NOT NULL
);

-- What flags need to know of each response. elapsed is in microseconds, NULL where nobody knows and at a kiosk, whose form waits
-- for people. is_straight: the same score for every item of a battery, NULL where no battery was answered as a whole.
CREATE VIEW response_pace AS
SELECT r.ingest_seq, r.response_id, r.survey, r.version, r.language,
       r.import_id IS NULL AND r.channel NOT IN ('import', 'api', 'anonymous') AS is_form,
       CASE WHEN r.channel <> 'kiosk' THEN epoch_us(r.submitted_at) - epoch_us(r.started_at) END AS elapsed,
       CASE
           WHEN len(b.blocks) > 0 THEN list_min(list_transform(
               list_filter(b.blocks, lambda x: len(x) = list_count(list_select(r.scores, x))),
               lambda x: list_unique(list_select(r.scores, x))
           )) = 1
       END AS is_straight,
       r.scores[c.score_position] >= c.scale_max - 1 AS is_satisfied, r.scores[p.score_position] AS nps
FROM response AS r
LEFT JOIN battery AS b ON b.questionnaire = r.questionnaire AND b.version = r.version
LEFT JOIN measured_question AS c ON c.questionnaire = r.questionnaire AND c.version = r.version AND c.measures = 'csat'
LEFT JOIN measured_question AS p ON p.questionnaire = r.questionnaire AND p.version = r.version AND p.measures = 'nps';

-- Responses by how long they took, to the microsecond: of these only the few within a second are looked at, the one in which the
-- middle or a bound lies. wave is NULL for the open link, for imports and for programs, of which the last two are no cases.
CREATE TABLE pace_exact_sealed (
    survey VARCHAR NOT NULL,
    whole_seconds BIGINT,
    version INTEGER NOT NULL,
    language VARCHAR NOT NULL,
    elapsed BIGINT,
    is_straight BOOLEAN,
    wave VARCHAR,
    is_case BOOLEAN NOT NULL,
    is_satisfied BOOLEAN,
    nps SMALLINT,
    n BIGINT NOT NULL
);

-- Responses that came since; and those whose wave an invitation may have changed since, as it is now, and taken away as sealed.
CREATE VIEW pace_exact_tail AS
WITH sealed AS (
    SELECT coalesce(max(k.sealed_to) FILTER (k.source = 'response'), 0) AS responses,
           coalesce(max(k.sealed_to) FILTER (k.source = 'invitation'), 0) AS invitations
    FROM rollup_mark AS k
), side AS (
    SELECT v.is_now, CASE WHEN v.is_now THEN 1 ELSE -1 END AS n, s.invitations
    FROM (VALUES (TRUE), (FALSE)) AS v(is_now)
    CROSS JOIN sealed AS s
), again AS (
    SELECT unnest(list(DISTINCT x.response_id)) AS response_id FROM invitation_tail AS x
), given AS (
    SELECT f.response_id, f.survey, f.version, f.language, f.is_form, f.elapsed, f.is_straight, f.is_satisfied, f.nps,
           FALSE AS is_sealed
    FROM response_pace AS f
    WHERE f.ingest_seq > (SELECT s.responses FROM sealed AS s)
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

CREATE VIEW pace_exact AS
SELECT s.survey, s.whole_seconds, s.version, s.language, s.elapsed, s.is_straight, s.wave, s.is_case, s.is_satisfied,
       s.nps, s.n
FROM pace_exact_sealed AS s
UNION ALL
SELECT t.survey, t.whole_seconds, t.version, t.language, t.elapsed, t.is_straight, t.wave, t.is_case, t.is_satisfied,
       t.nps, t.n
FROM pace_exact_tail AS t;

-- The same by whole seconds: responses, where measured is '', by wave; else answers of all waves, of csat whether they are among the
-- top two, of nps the score.
CREATE TABLE pace_sealed (
    survey VARCHAR NOT NULL,
    measured VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    language VARCHAR NOT NULL,
    wave VARCHAR,
    is_case BOOLEAN,
    is_straight BOOLEAN,
    in_top_two BOOLEAN,
    score SMALLINT,
    whole_seconds BIGINT,
    n BIGINT NOT NULL
);

CREATE VIEW pace AS
SELECT s.survey, s.measured, s.version, s.language, s.wave, s.is_case, s.is_straight, s.in_top_two, s.score, s.whole_seconds, s.n
FROM pace_sealed AS s
UNION ALL
SELECT t.survey, m.measured, t.version, t.language, CASE m.measured WHEN '' THEN t.wave END,
       CASE m.measured WHEN '' THEN t.is_case END, t.is_straight,
       CASE m.measured WHEN 'csat' THEN t.is_satisfied END, CASE m.measured WHEN 'nps' THEN t.nps END, t.whole_seconds, t.n
FROM pace_exact_tail AS t
CROSS JOIN (VALUES (''), ('csat'), ('nps')) AS m(measured)
WHERE CASE m.measured WHEN 'csat' THEN t.is_satisfied IS NOT NULL WHEN 'nps' THEN t.nps IS NOT NULL ELSE TRUE END;
