-- Stores the texts in arrived_texts, all of them of responses that this import has just stored.
INSERT INTO response_text (response_id, question, body)
SELECT CAST(a.response_id AS UUID), a.question, a.said FROM arrived_texts AS a;
