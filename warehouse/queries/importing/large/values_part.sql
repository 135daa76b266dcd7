-- What do the texts of this part of the file mean?
SELECT m.value, m.missing
FROM "{view}" AS u LEFT JOIN "{meanings}" AS m ON m.raw = u.text
WHERE u.spot >= $first AND u.spot < $end
ORDER BY u.spot;
