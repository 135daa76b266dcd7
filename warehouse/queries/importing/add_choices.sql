-- Stores the choices in arrived_choices, all of them of responses that this import has just stored.
INSERT INTO response_choice (response_id, question, choice, place)
SELECT CAST(a.response_id AS UUID), a.question, a.said, a.place FROM arrived_choices AS a;
