-- What was this response made from, as a SHA-256?
SELECT content_sha256 FROM response_content WHERE response_id = $response_id;
