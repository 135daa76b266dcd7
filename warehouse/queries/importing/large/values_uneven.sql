-- Keeps the distinct dates that are to be asked about one by one, how often they stand there and where first.
CREATE TABLE "{values}" AS
SELECT u.text AS raw, count(*) AS n, min(u.row_number) AS first_row FROM uneven AS u GROUP BY u.text;
