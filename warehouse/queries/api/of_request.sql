-- Which response did this request of a program make?
SELECT response_id FROM response_content WHERE request_sha256 = $request_sha256;
