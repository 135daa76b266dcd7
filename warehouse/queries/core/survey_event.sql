-- Was this survey's form opened or closed last? No row when neither was ever said.
SELECT event FROM survey_event WHERE survey = $survey ORDER BY recorded_at DESC LIMIT 1;
