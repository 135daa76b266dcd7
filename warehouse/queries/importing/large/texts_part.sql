-- What do the texts of this part of the file mean, where those that were not asked about mean themselves?
SELECT CASE WHEN m.raw IS NULL THEN u.text ELSE m.value END AS value, m.missing
FROM "{view}" AS u LEFT JOIN "{meanings}" AS m ON m.raw = u.text
WHERE u.spot >= $first AND u.spot < $end
ORDER BY u.spot;
