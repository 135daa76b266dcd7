-- Stores the dates in arrived_dates, all of them of responses that this import has just stored.
INSERT INTO response_date (response_id, question, date)
SELECT CAST(a.response_id AS UUID), a.question, CAST(a.said AS DATE) FROM arrived_dates AS a;
