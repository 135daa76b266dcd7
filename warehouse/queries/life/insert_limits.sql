-- Says how many responses a survey takes.
INSERT INTO survey_limits (survey, most, quotas, recorded_at) VALUES ($survey, $most, $quotas, $recorded_at);
