-- The first schema: what was asked, what was answered, who the members are, what the contract says, who may look.
-- Instants are TIMESTAMP in UTC; day and month are local in the reporting zone, fixed when the row is written.
-- No key or constraint is relied on for truth (DuckLake has none): exactly one writer makes rows unique.

-- Settings of this warehouse, append-only; the latest row of a name counts.
CREATE TABLE setting (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- Published questionnaires: the definition as read, immutable per version.
CREATE TABLE questionnaire_version (
    questionnaire VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    definition VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- The questions of each version. score_position is the 1-based place in response.scores, NULL when not scored.
CREATE TABLE question (
    questionnaire VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    question VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    score_position INTEGER,
    type VARCHAR NOT NULL,
    measures VARCHAR NOT NULL,
    scale_min SMALLINT,
    scale_max SMALLINT
);

-- A survey collects answers to one questionnaire: the built-in open link, or an imported file.
CREATE TABLE survey (
    survey VARCHAR NOT NULL,
    questionnaire VARCHAR NOT NULL,
    title_en VARCHAR NOT NULL,
    title_zh VARCHAR NOT NULL,
    is_example BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- When a survey's form was opened or closed; the latest event counts, and a survey without one is open.
CREATE TABLE survey_event (
    survey VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- One row a response, append-only; scores and missing stand in the order of question.score_position.
CREATE TABLE response (
    response_id UUID NOT NULL,
    ingest_seq BIGINT NOT NULL,
    survey VARCHAR NOT NULL,
    questionnaire VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    member_id VARCHAR,
    tier VARCHAR,
    touchpoint VARCHAR,
    channel VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    started_at TIMESTAMP,
    submitted_at TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    day DATE NOT NULL,
    month DATE NOT NULL,
    weight DOUBLE NOT NULL,
    scores SMALLINT[] NOT NULL,
    missing VARCHAR[] NOT NULL,
    import_id VARCHAR
);

-- Choices made, one row a chosen code.
CREATE TABLE response_choice (
    response_id UUID NOT NULL,
    question VARCHAR NOT NULL,
    choice VARCHAR NOT NULL
);

-- Texts written by respondents.
CREATE TABLE response_text (
    response_id UUID NOT NULL,
    question VARCHAR NOT NULL,
    body VARCHAR NOT NULL
);

-- The long form for people and ad-hoc SQL: one row an answer (score, choice or text), one row a stated missing code.
CREATE VIEW answer AS
SELECT r.response_id, r.ingest_seq, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
       r.language, r.submitted_at, r.day, r.month, r.weight, q.question, q.type, q.measures, q.scale_min, q.scale_max,
       r.scores[q.score_position] AS score, r.missing[q.score_position] AS missing_code,
       CAST(NULL AS VARCHAR) AS choice, CAST(NULL AS VARCHAR) AS body
FROM response AS r
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.score_position IS NOT NULL
WHERE r.scores[q.score_position] IS NOT NULL OR r.missing[q.score_position] IS NOT NULL
UNION ALL
SELECT r.response_id, r.ingest_seq, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
       r.language, r.submitted_at, r.day, r.month, r.weight, q.question, q.type, q.measures, q.scale_min, q.scale_max,
       NULL, NULL, c.choice, NULL
FROM response AS r
JOIN response_choice AS c ON c.response_id = r.response_id
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.question = c.question
UNION ALL
SELECT r.response_id, r.ingest_seq, r.survey, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
       r.language, r.submitted_at, r.day, r.month, r.weight, q.question, q.type, q.measures, q.scale_min, q.scale_max,
       NULL, NULL, NULL, t.body
FROM response AS r
JOIN response_text AS t ON t.response_id = r.response_id
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.question = t.question;

-- Members of the customer's register.
CREATE TABLE member (
    member_id VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    is_example BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- What happened to members: joined, left, returned, purchase, tier. amount is in the contract's currency, for purchases.
CREATE TABLE member_event (
    member_id VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    day DATE NOT NULL,
    month DATE NOT NULL,
    amount DECIMAL(18, 2),
    tier VARCHAR,
    recorded_at TIMESTAMP NOT NULL
);

-- Contract versions as loaded; sha256 is that of the canonical JSON in document.
CREATE TABLE contract_version (
    contract VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    is_example BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- The periods of a contract version, half-open [starts_on, ends_on) in local days.
CREATE TABLE contract_period (
    sha256 VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL
);

-- The target of each metric and period after the ramp, in the metric's unit.
CREATE TABLE contract_target (
    sha256 VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    clause VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    target DECIMAL(18, 4) NOT NULL
);

-- Imported files: what was read and what became of it; report is JSON.
CREATE TABLE import_batch (
    import_id VARCHAR NOT NULL,
    survey VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    mapping_sha256 VARCHAR NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_loaded BIGINT NOT NULL,
    report VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- Cells and rows an import refused, as they stood in the file, so that nothing is lost.
CREATE TABLE import_refusal (
    import_id VARCHAR NOT NULL,
    row_number BIGINT NOT NULL,
    column_name VARCHAR NOT NULL,
    raw VARCHAR,
    code VARCHAR NOT NULL
);

-- Signed-in browser sessions: only the SHA-256 of the cookie's value is kept.
CREATE TABLE access_session (
    session_sha256 VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

-- Sessions ended by signing out, before they expired.
CREATE TABLE access_session_end (
    session_sha256 VARCHAR NOT NULL,
    ended_at TIMESTAMP NOT NULL
);
