-- Keep a picture.
INSERT INTO picture BY NAME
SELECT
    $sha256 AS sha256,
    $media_type AS media_type,
    CAST($width AS INTEGER) AS width,
    CAST($height AS INTEGER) AS height,
    CAST($content AS BLOB) AS content
