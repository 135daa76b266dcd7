-- Sets a setting, whose latest row counts.
INSERT INTO setting (name, value, recorded_at) VALUES ($name, $value, $recorded_at);
