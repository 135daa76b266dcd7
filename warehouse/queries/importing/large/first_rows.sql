-- In which rows do these texts stand first?
SELECT u.text, min(u.row_number, 3) AS first_rows FROM "{view}" AS u
WHERE u.text IN (SELECT unnest(CAST($raws AS VARCHAR[])))
GROUP BY u.text;
