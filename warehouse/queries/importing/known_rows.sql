-- Which responses of this survey came from files?
SELECT response_id FROM response WHERE survey = $survey AND import_id IS NOT NULL;
