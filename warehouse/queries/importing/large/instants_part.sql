-- When were the rows of this part of the file answered?
SELECT coalesce(s.instant, m.value) AS value, m.missing
FROM u_submitted_at AS u
LEFT JOIN spelled AS s ON s.spot = u.spot
LEFT JOIN u_submitted_at_meanings AS m ON m.raw = u.text
WHERE u.spot >= $first AND u.spot < $end
ORDER BY u.spot;
