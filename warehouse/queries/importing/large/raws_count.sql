-- How many texts of a use are to be asked about?
SELECT count(*) AS n FROM "{values}";
