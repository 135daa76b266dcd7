-- Keeps the distinct texts of a use that do not mean themselves, how often they stand there and where first.
CREATE TABLE "{values}" AS
SELECT u.text AS raw, count(*) AS n, min(u.row_number) AS first_row FROM "{view}" AS u
WHERE NOT (length(u.text) BETWEEN 1 AND $letters AND NOT list_contains(CAST($special AS VARCHAR[]), u.text)
           AND regexp_full_match(u.text, $plain))
GROUP BY u.text;
