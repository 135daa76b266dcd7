-- Stores days that were answered, one row each. One list a column, all of the same length.
INSERT INTO response_date (response_id, question, date)
SELECT unnest(CAST($response_id AS UUID[])), unnest(CAST($question AS VARCHAR[])), unnest(CAST($date AS DATE[]));
