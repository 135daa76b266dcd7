-- What is the latest value of this setting of a survey?
SELECT value FROM survey_setting WHERE survey = $survey AND name = $name ORDER BY recorded_at DESC LIMIT 1;
