-- Keeps the instant of each row whose hour is known to begin at `base` and to last 3,600 even seconds.
CREATE TABLE spelled AS
SELECT d.spot, g.base + to_microseconds(
           1000000 * (60 * CAST(substr(d.text, 15, 2) AS BIGINT) + CAST(substr(d.text, 18, 2) AS BIGINT))
           + CASE WHEN d.fraction THEN CAST(rpad(regexp_extract(d.text, '\.([0-9]{1,6})', 1), 6, '0') AS BIGINT) ELSE 0 END
       ) AS instant
FROM (
    SELECT u.spot, u.text, left(u.text, 13) AS head, substr(u.text, 20, 1) = '.' AS fraction,
           regexp_replace(substr(u.text, 20), '^\.[0-9]+', '') AS rest
    FROM u_submitted_at AS u
    WHERE regexp_full_match(u.text, '.{11}[0-9]{2}:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?([^0-9.].*)?')
) AS d
JOIN given AS g ON g.head = d.head AND g.fraction = d.fraction AND g.rest = d.rest;
