-- Rollups of the questions that measure something alone, with what they measure: what metrics and satisfaction ask, in less
-- than half of the rows of score_day and score_month, and without a join to the questions.

CREATE OR REPLACE VIEW measured_question AS
SELECT q.questionnaire, q.version, q.question, q.measures, q.scale_min, q.scale_max, q.score_position
FROM question AS q
WHERE q.measures <> 'none' AND NOT EXISTS (
    SELECT 1 FROM question AS e
    WHERE e.questionnaire = q.questionnaire AND e.version = q.version
      AND e.measures = q.measures AND e.position < q.position);

-- How often each score was given, by day.
CREATE TABLE measured_day_sealed (
    survey VARCHAR NOT NULL,
    measures VARCHAR NOT NULL,
    month DATE NOT NULL,
    day DATE NOT NULL,
    tier VARCHAR,
    touchpoint VARCHAR,
    channel VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    score SMALLINT NOT NULL,
    in_top_two BOOLEAN NOT NULL,
    n BIGINT NOT NULL
);

-- The same by month.
CREATE TABLE measured_month_sealed (
    survey VARCHAR NOT NULL,
    measures VARCHAR NOT NULL,
    month DATE NOT NULL,
    tier VARCHAR,
    touchpoint VARCHAR,
    channel VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    score SMALLINT NOT NULL,
    in_top_two BOOLEAN NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW measured_tail AS
SELECT t.survey, q.measures, t.month, t.day, t.tier, t.touchpoint, t.channel, t.language, t.scores[q.score_position] AS score,
       t.scores[q.score_position] >= q.scale_max - 1 AS in_top_two, 1 AS n
FROM response_tail AS t
JOIN measured_question AS q ON q.questionnaire = t.questionnaire AND q.version = t.version AND q.score_position IS NOT NULL
WHERE t.scores[q.score_position] IS NOT NULL;

CREATE VIEW measured_day AS
SELECT s.survey, s.measures, s.month, s.day, s.tier, s.touchpoint, s.channel, s.language, s.score, s.in_top_two, s.n
FROM measured_day_sealed AS s
UNION ALL
SELECT t.survey, t.measures, t.month, t.day, t.tier, t.touchpoint, t.channel, t.language, t.score, t.in_top_two, t.n
FROM measured_tail AS t;

CREATE VIEW measured_month AS
SELECT s.survey, s.measures, s.month, s.tier, s.touchpoint, s.channel, s.language, s.score, s.in_top_two, s.n
FROM measured_month_sealed AS s
UNION ALL
SELECT t.survey, t.measures, t.month, t.tier, t.touchpoint, t.channel, t.language, t.score, t.in_top_two, t.n
FROM measured_tail AS t;

-- What is sealed by question already is what is sealed here.
INSERT INTO measured_day_sealed
SELECT s.survey, q.measures, s.month, s.day, s.tier, s.touchpoint, s.channel, s.language, s.score,
       s.score >= q.scale_max - 1, sum(s.n)
FROM score_day_sealed AS s
JOIN measured_question AS q ON q.questionnaire = s.questionnaire AND q.version = s.version AND q.question = s.question
GROUP BY ALL
ORDER BY ALL;

INSERT INTO measured_month_sealed
SELECT s.survey, q.measures, s.month, s.tier, s.touchpoint, s.channel, s.language, s.score, s.score >= q.scale_max - 1, sum(s.n)
FROM score_month_sealed AS s
JOIN measured_question AS q ON q.questionnaire = s.questionnaire AND q.version = s.version AND q.question = s.question
GROUP BY ALL
ORDER BY ALL;
