-- Rollups: counts that pages read instead of the base rows. Each is a sealed table and, by the same query, the rows after
-- its mark, so that the two can never be out of step. All of it can be made anew from the base rows:
-- `python -m warehouse rebuild`. A name ends in _sealed for what is counted already and in _tail for what is not yet.

-- Up to where the rows of a source are sealed: responses by ingest_seq, others by how many rows there were. For a sealed
-- table: how many rows it had when they were merged last.
CREATE TABLE rollup_mark (
    source VARCHAR NOT NULL,
    sealed_to BIGINT NOT NULL
);

-- The questions that measure something. Should a questionnaire measure it twice, the first question counts: nobody
-- counts twice.
CREATE VIEW measured_question AS
SELECT q.questionnaire, q.version, q.question, q.measures, q.scale_min, q.scale_max
FROM question AS q
WHERE q.measures <> 'none' AND NOT EXISTS (
    SELECT 1 FROM question AS e
    WHERE e.questionnaire = q.questionnaire AND e.version = q.version
      AND e.measures = q.measures AND e.position < q.position);

-- Responses that are not sealed yet.
CREATE VIEW response_tail AS
SELECT r.response_id, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel, r.language,
       r.day, r.month, r.weight, r.scores
FROM response AS r
WHERE r.ingest_seq > (SELECT coalesce(max(k.sealed_to), 0) FROM rollup_mark AS k WHERE k.source = 'response');

-- How many responses there are, by day and every property that a page filters by.
CREATE TABLE response_sealed (
    survey VARCHAR NOT NULL,
    day DATE NOT NULL,
    tier VARCHAR,
    touchpoint VARCHAR,
    channel VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW response_count AS
SELECT s.survey, s.day, s.tier, s.touchpoint, s.channel, s.language, s.n
FROM response_sealed AS s
UNION ALL
SELECT t.survey, t.day, t.tier, t.touchpoint, t.channel, t.language, 1
FROM response_tail AS t;

-- How often each score was given to each question, by day; weights and squares are the sums of the responses' weights and
-- of their squares.
CREATE TABLE score_day_sealed (
    survey VARCHAR NOT NULL,
    questionnaire VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    question VARCHAR NOT NULL,
    month DATE NOT NULL,
    day DATE NOT NULL,
    tier VARCHAR,
    touchpoint VARCHAR,
    channel VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    score SMALLINT NOT NULL,
    n BIGINT NOT NULL,
    weights DOUBLE NOT NULL,
    squares DOUBLE NOT NULL
);

-- The same by month: a thirtieth of the rows, for all whole months.
CREATE TABLE score_month_sealed (
    survey VARCHAR NOT NULL,
    questionnaire VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    question VARCHAR NOT NULL,
    month DATE NOT NULL,
    tier VARCHAR,
    touchpoint VARCHAR,
    channel VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    score SMALLINT NOT NULL,
    n BIGINT NOT NULL,
    weights DOUBLE NOT NULL,
    squares DOUBLE NOT NULL
);

CREATE VIEW score_tail AS
SELECT t.survey, t.questionnaire, t.version, q.question, t.month, t.day, t.tier, t.touchpoint, t.channel, t.language,
       t.scores[q.score_position] AS score, 1 AS n, t.weight AS weights, t.weight * t.weight AS squares
FROM response_tail AS t
JOIN question AS q ON q.questionnaire = t.questionnaire AND q.version = t.version AND q.score_position IS NOT NULL
WHERE t.scores[q.score_position] IS NOT NULL;

CREATE VIEW score_day AS
SELECT s.survey, s.questionnaire, s.version, s.question, s.month, s.day, s.tier, s.touchpoint, s.channel, s.language,
       s.score, s.n, s.weights, s.squares
FROM score_day_sealed AS s
UNION ALL
SELECT t.survey, t.questionnaire, t.version, t.question, t.month, t.day, t.tier, t.touchpoint, t.channel, t.language,
       t.score, t.n, t.weights, t.squares
FROM score_tail AS t;

CREATE VIEW score_month AS
SELECT s.survey, s.questionnaire, s.version, s.question, s.month, s.tier, s.touchpoint, s.channel, s.language,
       s.score, s.n, s.weights, s.squares
FROM score_month_sealed AS s
UNION ALL
SELECT t.survey, t.questionnaire, t.version, t.question, t.month, t.tier, t.touchpoint, t.channel, t.language,
       t.score, t.n, t.weights, t.squares
FROM score_tail AS t;

-- The calendar months of each contract period: month is the first day, starts_on and ends_on (half-open) what of it lies
-- in the period, is_whole whether all of it does.
CREATE VIEW period_month AS
SELECT m.sha256, m.period, m.month, greatest(m.month, m.period_start) AS starts_on,
       least(CAST(m.month + INTERVAL 1 MONTH AS DATE), m.period_end) AS ends_on,
       m.month >= m.period_start AND CAST(m.month + INTERVAL 1 MONTH AS DATE) <= m.period_end AS is_whole
FROM (
    SELECT p.sha256, p.period, p.starts_on AS period_start, p.ends_on AS period_end,
           CAST(unnest(generate_series(date_trunc('month', p.starts_on), p.ends_on - 1, INTERVAL 1 MONTH)) AS DATE) AS month
    FROM contract_period AS p
) AS m;

-- Days on which members answered a survey, each with the day of the same member's answer before it: the members who
-- answered in any span are the answers in it whose predecessor lies before it, NULL included. Rows of a tail may be
-- negative: an answer that arrives late changes what came before another one.
CREATE TABLE visit_sealed (
    survey VARCHAR NOT NULL,
    day DATE NOT NULL,
    previous_day DATE,
    n BIGINT NOT NULL
);

CREATE VIEW visit_tail AS
WITH changed AS (
    -- Those who changed go through a list, so that the engine knows them for the few and looks the many up among them.
    SELECT e.who.survey AS survey, e.who.member_id AS member_id
    FROM (
        SELECT unnest(list(DISTINCT {'survey': t.survey, 'member_id': t.member_id})) AS who
        FROM response_tail AS t
        WHERE t.member_id IS NOT NULL
    ) AS e
), given AS (
    SELECT r.survey, r.member_id, r.day,
           r.ingest_seq <= (SELECT coalesce(max(k.sealed_to), 0) FROM rollup_mark AS k WHERE k.source = 'response') AS is_sealed
    FROM response AS r
    JOIN changed AS c ON c.survey = r.survey AND c.member_id = r.member_id
)
SELECT g.survey, g.day, lag(g.day) OVER (PARTITION BY g.survey, g.member_id ORDER BY g.day) AS previous_day, 1 AS n
FROM given AS g
UNION ALL
SELECT g.survey, g.day, lag(g.day) OVER (PARTITION BY g.survey, g.member_id ORDER BY g.day), -1
FROM given AS g
WHERE g.is_sealed;

CREATE VIEW visit AS
SELECT s.survey, s.day, s.previous_day, s.n FROM visit_sealed AS s
UNION ALL
SELECT t.survey, t.day, t.previous_day, t.n FROM visit_tail AS t;

-- Invitations that are not sealed yet.
CREATE VIEW invitation_tail AS
SELECT i.response_id
FROM invitation AS i
WHERE i.rowid >= (SELECT coalesce(max(k.sealed_to), 0) FROM rollup_mark AS k WHERE k.source = 'invitation');

-- Members invited to a wave, by the day of their first invitation to it and the day of their answer (NULL: none).
CREATE TABLE invited_sealed (
    survey VARCHAR NOT NULL,
    first_day DATE NOT NULL,
    tier VARCHAR,
    answered_on DATE,
    n BIGINT NOT NULL
);

CREATE VIEW invited_tail AS
WITH changed AS (
    SELECT unnest(list(DISTINCT c.response_id)) AS response_id
    FROM (SELECT x.response_id FROM invitation_tail AS x UNION ALL SELECT t.response_id FROM response_tail AS t) AS c
), known AS (
    SELECT i.survey, i.response_id, coalesce(i.day, CAST(i.created_at AS DATE)) AS made_on, i.tier,
           i.rowid < (SELECT coalesce(max(k.sealed_to), 0) FROM rollup_mark AS k WHERE k.source = 'invitation') AS is_sealed
    FROM invitation AS i
    JOIN changed AS c ON c.response_id = i.response_id
), again AS (
    SELECT unnest(list(DISTINCT x.response_id)) AS response_id FROM invitation_tail AS x
), sealed_answer AS (
    SELECT s.response_id, s.day
    FROM (
        SELECT r.response_id, r.day,
               r.ingest_seq <= (SELECT coalesce(max(k.sealed_to), 0) FROM rollup_mark AS k WHERE k.source = 'response') AS is_sealed
        FROM response AS r
        JOIN again AS a ON a.response_id = r.response_id
    ) AS s
    WHERE s.is_sealed
), given AS (
    SELECT a.response_id, a.day FROM sealed_answer AS a
    UNION ALL
    SELECT t.response_id, t.day FROM response_tail AS t
), case_now AS (
    SELECT k.survey, k.response_id, min(k.made_on) AS first_day, max(k.tier) AS tier
    FROM known AS k
    GROUP BY k.survey, k.response_id
), case_sealed AS (
    SELECT k.survey, k.response_id, min(k.made_on) AS first_day, max(k.tier) AS tier
    FROM known AS k
    WHERE k.is_sealed
    GROUP BY k.survey, k.response_id
)
SELECT c.survey, c.first_day, c.tier, g.day AS answered_on, 1 AS n
FROM case_now AS c
LEFT JOIN given AS g ON g.response_id = c.response_id
UNION ALL
SELECT c.survey, c.first_day, c.tier, a.day, -1
FROM case_sealed AS c
LEFT JOIN sealed_answer AS a ON a.response_id = c.response_id;

CREATE VIEW invited AS
SELECT s.survey, s.first_day, s.tier, s.answered_on, s.n FROM invited_sealed AS s
UNION ALL
SELECT t.survey, t.first_day, t.tier, t.answered_on, t.n FROM invited_tail AS t;
