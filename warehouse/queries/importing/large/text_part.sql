-- Which texts has a use in this part of the file?
SELECT u.text FROM "{view}" AS u WHERE u.spot >= $first AND u.spot < $end ORDER BY u.spot;
