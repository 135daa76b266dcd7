-- Answers that are numbers or days, and the order of several choices: everything a questionnaire can ask.
-- From here on `question` holds items: a matrix as one scored question a row, a text for "other" as a text.

-- The 1-based place of a choice among those of its question and response: the rank in a ranking. NULL: stored earlier.
ALTER TABLE response_choice ADD COLUMN place SMALLINT;

-- Numbers as given, exact: at most 12 digits before the point and 6 after it.
CREATE TABLE response_number (
    response_id UUID NOT NULL,
    question VARCHAR NOT NULL,
    number DECIMAL(18, 6) NOT NULL
);

-- Days as given: of a calendar, without a zone.
CREATE TABLE response_date (
    response_id UUID NOT NULL,
    question VARCHAR NOT NULL,
    date DATE NOT NULL
);

-- The long form for people and ad-hoc SQL: one row an answer (score, choice, text, number or date), one row a stated
-- missing code. `day` is the day of answering, `date` the day that was answered.
CREATE OR REPLACE VIEW answer AS
SELECT r.response_id, r.ingest_seq, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
       r.language, r.submitted_at, r.day, r.month, r.weight, q.question, q.type, q.measures, q.scale_min, q.scale_max,
       r.scores[q.score_position] AS score, r.missing[q.score_position] AS missing_code,
       CAST(NULL AS VARCHAR) AS choice, CAST(NULL AS VARCHAR) AS body, CAST(NULL AS SMALLINT) AS place,
       CAST(NULL AS DECIMAL(18, 6)) AS number, CAST(NULL AS DATE) AS date
FROM response AS r
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.score_position IS NOT NULL
WHERE r.scores[q.score_position] IS NOT NULL OR r.missing[q.score_position] IS NOT NULL
UNION ALL
SELECT r.response_id, r.ingest_seq, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
       r.language, r.submitted_at, r.day, r.month, r.weight, q.question, q.type, q.measures, q.scale_min, q.scale_max,
       NULL, NULL, c.choice, NULL, c.place, NULL, NULL
FROM response AS r
JOIN response_choice AS c ON c.response_id = r.response_id
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.question = c.question
UNION ALL
SELECT r.response_id, r.ingest_seq, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
       r.language, r.submitted_at, r.day, r.month, r.weight, q.question, q.type, q.measures, q.scale_min, q.scale_max,
       NULL, NULL, NULL, t.body, NULL, NULL, NULL
FROM response AS r
JOIN response_text AS t ON t.response_id = r.response_id
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.question = t.question
UNION ALL
SELECT r.response_id, r.ingest_seq, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
       r.language, r.submitted_at, r.day, r.month, r.weight, q.question, q.type, q.measures, q.scale_min, q.scale_max,
       NULL, NULL, NULL, NULL, NULL, n.number, NULL
FROM response AS r
JOIN response_number AS n ON n.response_id = r.response_id
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.question = n.question
UNION ALL
SELECT r.response_id, r.ingest_seq, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
       r.language, r.submitted_at, r.day, r.month, r.weight, q.question, q.type, q.measures, q.scale_min, q.scale_max,
       NULL, NULL, NULL, NULL, NULL, NULL, d.date
FROM response AS r
JOIN response_date AS d ON d.response_id = r.response_id
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.question = d.question;
