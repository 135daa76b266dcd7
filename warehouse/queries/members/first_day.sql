-- On which local day did the first thing happen to a member, before $until?
SELECT min(d.day) AS first_day
FROM (SELECT h.day FROM happening AS h WHERE h.day < $until GROUP BY h.day HAVING sum(h.n) > 0) AS d;
