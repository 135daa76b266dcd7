-- The life of a survey beyond open and closed, and the drafts of questionnaires not yet published.
-- survey_event has from here on also: paused, opened (again) and ended (closed by hand). closed is what an import says.

-- From when until when a survey takes answers, half-open; NULL for no bound. The latest row of a survey counts.
CREATE TABLE survey_dates (
    survey VARCHAR NOT NULL,
    opens_at TIMESTAMP,
    closes_at TIMESTAMP,
    recorded_at TIMESTAMP NOT NULL
);

-- How many responses a survey takes, in all and with certain choices: quotas is a JSON list of [question, choice, most].
-- The latest row of a survey counts; most is NULL for no bound.
CREATE TABLE survey_limits (
    survey VARCHAR NOT NULL,
    most INTEGER,
    quotas VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- What was written of a questionnaire before it is published, readable or not; the latest row of a name counts.
-- source is NULL where the draft was discarded.
CREATE TABLE questionnaire_draft (
    slug VARCHAR NOT NULL,
    source VARCHAR,
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR NOT NULL
);
