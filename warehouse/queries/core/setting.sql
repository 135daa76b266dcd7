-- What is the latest value of this setting?
SELECT value FROM setting WHERE name = $name ORDER BY recorded_at DESC LIMIT 1;
