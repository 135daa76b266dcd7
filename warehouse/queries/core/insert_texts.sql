-- Stores texts as they were written, one row each. One list a column, all of the same length.
INSERT INTO response_text (response_id, question, body)
SELECT unnest(CAST($response_id AS UUID[])), unnest(CAST($question AS VARCHAR[])), unnest(CAST($body AS VARCHAR[]));
