-- On which day did the last thing happen to a member?
SELECT max(s.last_day) AS last_day FROM standing AS s;
