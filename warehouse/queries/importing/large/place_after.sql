-- At which place is the first row after the one of this number?
SELECT min(u.spot) AS spot FROM u_row_id AS u WHERE u.row_number > $row;
