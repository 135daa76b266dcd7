-- Sets a setting of a survey, whose latest row counts.
INSERT INTO survey_setting (survey, name, value, recorded_at) VALUES ($survey, $name, $value, $recorded_at);
