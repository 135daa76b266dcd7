-- Keeps the distinct dates that are to be asked about one by one, how often they stand there and where first.
CREATE TABLE u_submitted_at_values AS
SELECT u.text AS raw, count(*) AS n, min(u.row_number) AS first_row FROM u_submitted_at AS u
WHERE u.spot NOT IN (SELECT s.spot FROM spelled AS s)
GROUP BY u.text;
