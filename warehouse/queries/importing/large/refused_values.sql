-- Which refused texts has a use, how often and where first? The most frequent first.
SELECT v.raw, v.n FROM "{values}" AS v JOIN "{meanings}" AS m ON m.raw = v.raw
WHERE m.code IS NOT NULL
ORDER BY v.n DESC, v.first_row LIMIT $most;
