-- Which rows of this part of the file have which id, as the 74 bits of it that follow the time, and which are refused for it?
SELECT u.spot, u.row_number,
       CAST('0x' || d.digest[1:3] AS USMALLINT) AS upper_bits,
       CAST('0x' || d.digest[4:19] AS UBIGINT) >> 2 AS lower_bits,
       EXISTS (SELECT 1 FROM u_row_id_meanings AS m WHERE m.raw = u.text AND m.code IS NOT NULL)
       OR u.spot IN (SELECT t.spot FROM twice AS t) AS refused
FROM u_row_id AS u, LATERAL (SELECT sha256(concat($survey, chr(0), u.text)) AS digest) AS d
WHERE u.spot >= $first AND u.spot < $end
ORDER BY u.spot;
