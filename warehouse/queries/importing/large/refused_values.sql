-- Where stand the refused texts of a use among those asked about, how often are they in the file, and how many bytes have they?
-- The most frequent first.
SELECT v.rowid AS spot, v.n, strlen(v.raw) AS bytes FROM "{values}" AS v JOIN "{meanings}" AS m ON m.raw = v.raw
WHERE m.code IS NOT NULL
ORDER BY v.n DESC, v.first_row LIMIT $most;
