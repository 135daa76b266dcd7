-- Is the picture of this SHA-256 there?
SELECT 1 FROM picture WHERE sha256 = $sha256
