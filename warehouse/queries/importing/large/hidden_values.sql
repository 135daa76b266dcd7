-- Which texts of a use are refused for being hidden, how often, in which rows first? Long ones are cut, one letter too late.
SELECT left(h.raw, $letters) AS raw, count(*) AS n, min(h.row_number, 3) AS first_rows FROM hidden AS h
WHERE h.place = $place
GROUP BY h.raw
ORDER BY n DESC, min(h.row_number) LIMIT $most;
