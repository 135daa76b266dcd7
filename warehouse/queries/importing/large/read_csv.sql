-- Reads the wanted columns of a regular text file as they stand, trimmed, blank ones as NULL; rows in the file's order.
CREATE TABLE raw AS
SELECT "{cells}"
FROM read_csv($path, auto_detect = false, header = false, delim = $delimiter, quote = '"', escape = '"',
              strict_mode = true, max_line_size = 131072, columns = $columns) AS t;
