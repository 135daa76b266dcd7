-- What do the texts of this part of the file mean, and which of them were asked about?
SELECT m.value, m.missing, m.raw IS NOT NULL AS was_asked
FROM "{view}" AS u LEFT JOIN "{meanings}" AS m ON m.raw = u.text
WHERE u.spot >= $first AND u.spot < $end
ORDER BY u.spot;
