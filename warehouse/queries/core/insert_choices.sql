-- Stores chosen codes, one row each. One list a column, all of the same length.
INSERT INTO response_choice (response_id, question, choice, place)
SELECT unnest(CAST($response_id AS UUID[])), unnest(CAST($question AS VARCHAR[])), unnest(CAST($choice AS VARCHAR[])),
       unnest(CAST($place AS SMALLINT[]));
