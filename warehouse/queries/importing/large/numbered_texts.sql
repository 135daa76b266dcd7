-- Which texts has a use in this part of the file, in which rows?
SELECT u.text, u.row_number FROM "{view}" AS u WHERE u.spot >= $first AND u.spot < $end;
