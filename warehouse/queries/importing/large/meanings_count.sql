-- How many texts of a use were asked about, and how many bytes have they?
SELECT count(*) AS n, coalesce(sum(strlen(m.raw)), 0) AS bytes FROM "{meanings}" AS m;
