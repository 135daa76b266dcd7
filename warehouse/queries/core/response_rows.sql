-- How many responses are there?
SELECT count(*) FROM response;
