-- Keeps what responses were made from, and by which requests. One list a column, of the same length.
INSERT INTO response_content (response_id, content_sha256, request_sha256)
SELECT unnest(CAST($response_id AS UUID[])), unnest(CAST($content_sha256 AS VARCHAR[])),
       unnest(CAST($request_sha256 AS VARCHAR[]));
