-- Finds the rows whose id an earlier row has. First by a hash: 8 bytes for each row are sorted out, not whole texts.
CREATE TABLE twice AS
WITH suspected AS (
    SELECT h.code FROM (SELECT hash(u.text) AS code FROM u_row_id AS u) AS h GROUP BY h.code HAVING count(*) > 1
), ids AS (
    SELECT u.spot, u.row_number, u.text, first_value(u.row_number) OVER (PARTITION BY u.text ORDER BY u.spot) AS first_row
    FROM u_row_id AS u
    WHERE hash(u.text) IN (SELECT s.code FROM suspected AS s)
      AND u.text NOT IN (SELECT m.raw FROM u_row_id_meanings AS m WHERE m.code IS NOT NULL)
)
SELECT i.spot, i.row_number, i.text, i.first_row FROM ids AS i WHERE i.row_number <> i.first_row;
