-- How many answers of a use are hidden?
SELECT count(*) AS n FROM hidden AS h WHERE h.place = $place;
