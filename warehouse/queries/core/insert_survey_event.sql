-- Keeps that a survey's form was opened or closed.
INSERT INTO survey_event (survey, event, recorded_at) VALUES ($survey, $event, $recorded_at);
