-- The pictures that questions show.

-- Each picture once, by what it holds; width and height are in pixels.
CREATE TABLE picture (
    sha256 VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    content BLOB NOT NULL
);

-- Which picture a questionnaire means by the name of a file: said once, so that a published version never changes.
CREATE TABLE picture_name (
    questionnaire VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
