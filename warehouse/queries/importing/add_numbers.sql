-- Stores the numbers in arrived_numbers, all of them of responses that this import has just stored.
INSERT INTO response_number (response_id, question, number)
SELECT CAST(a.response_id AS UUID), a.question, CAST(a.said AS DECIMAL(18, 6)) FROM arrived_numbers AS a;
