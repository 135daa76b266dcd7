-- Files given as answers: taken when their page is sent, and kept when a response refers to them.

-- One row a file taken, for one question of one response that need not be stored yet. Rows are deleted when no
-- stored response refers to them and their time is over.
CREATE TABLE upload (
    response_id UUID NOT NULL,
    survey VARCHAR NOT NULL,
    question VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    size BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    content BLOB NOT NULL
);

-- The file that answers a question of a stored response; size is in bytes.
CREATE TABLE response_file (
    response_id UUID NOT NULL,
    question VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    size BIGINT NOT NULL
);

-- The long form for people and ad-hoc SQL: one row an answer (score, choice, text, number, date,
-- or the name of a file), one row a stated missing code. `day` is the day of answering, `date` the day that was answered.
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
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.question = d.question
UNION ALL
SELECT r.response_id, r.ingest_seq, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
       r.language, r.submitted_at, r.day, r.month, r.weight, q.question, q.type, q.measures, q.scale_min, q.scale_max,
       NULL, NULL, NULL, f.name, NULL, NULL, NULL
FROM response AS r
JOIN response_file AS f ON f.response_id = r.response_id
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.question = f.question;
