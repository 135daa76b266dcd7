-- On which local day did the first thing happen to a member, before $until?
SELECT min(h.day) AS first_day
FROM member_history AS h
WHERE h.day < $until;
