-- How many texts of a use were asked about?
SELECT count(*) AS n FROM "{meanings}";
