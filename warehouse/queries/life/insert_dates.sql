-- Says from when until when a survey takes answers.
INSERT INTO survey_dates (survey, opens_at, closes_at, recorded_at) VALUES ($survey, $opens_at, $closes_at, $recorded_at);
