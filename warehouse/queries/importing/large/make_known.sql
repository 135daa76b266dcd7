-- Finds the rows that are stored already, whatever their date, and under which id.
CREATE TABLE known AS
SELECT i.spot, s.response_id
FROM (
    SELECT d.spot, concat('7', d.digest[1:3], '-', d.lower_half[1:4], '-', d.lower_half[5:16]) AS row_part
    FROM (
        SELECT u.spot, h.digest,
               format('{:016x}', (CAST('0x' || h.digest[4:19] AS UBIGINT) >> 2) | 9223372036854775808) AS lower_half
        FROM u_row_id AS u, LATERAL (SELECT sha256(concat($survey, chr(0), u.text)) AS digest) AS h
    ) AS d
) AS i
JOIN stored AS s ON s.row_part = i.row_part;
