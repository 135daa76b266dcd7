-- Which beginnings up to the hour, with or without a fraction of a second, and which ends have the dates of the shape
-- "10 characters, one, HH:MM:SS, a fraction, the rest"?
SELECT DISTINCT left(u.text, 13) AS head, substr(u.text, 20, 1) = '.' AS fraction,
       regexp_replace(substr(u.text, 20), '^\.[0-9]+', '') AS rest
FROM u_submitted_at AS u
WHERE regexp_full_match(u.text, '.{11}[0-9]{2}:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?([^0-9.].*)?');
