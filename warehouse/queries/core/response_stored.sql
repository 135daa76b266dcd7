-- Is this response stored in this survey?
SELECT count(*) > 0 AS is_stored FROM response WHERE response_id = $response_id AND survey = $survey;
