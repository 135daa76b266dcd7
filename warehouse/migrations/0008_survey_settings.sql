-- What the operator has settled for one survey, append-only; the latest row of a name counts.
-- frame_hosts: the origins whose pages may show the survey's form in a frame, parted by spaces.
CREATE TABLE survey_setting (
    survey VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
