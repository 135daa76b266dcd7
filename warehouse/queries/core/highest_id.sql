-- Which is the highest id of all responses? NULL without any.
SELECT max(response_id) FROM response;
