-- Stores numbers, one row each. One list a column, all of the same length, the numbers as texts.
INSERT INTO response_number (response_id, question, number)
SELECT unnest(CAST($response_id AS UUID[])), unnest(CAST($question AS VARCHAR[])),
       unnest(CAST(CAST($number AS VARCHAR[]) AS DECIMAL(18, 6)[]));
