-- Sets a setting of a survey, whose latest row counts: later than all before it, also when the clock has gone back.
INSERT INTO survey_setting (survey, name, value, recorded_at)
SELECT $survey, $name, $value, greatest(CAST($recorded_at AS TIMESTAMP), coalesce(max(s.recorded_at) + INTERVAL 1 MICROSECOND, $recorded_at))
FROM survey_setting AS s
WHERE s.survey = $survey AND s.name = $name;
