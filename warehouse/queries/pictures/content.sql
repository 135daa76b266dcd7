-- What does the picture of this SHA-256 hold?
SELECT media_type, content FROM picture WHERE sha256 = $sha256
