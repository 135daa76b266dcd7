-- Fixes a setting at its default, unless it has a value.
INSERT INTO setting (name, value, recorded_at)
SELECT $name, $value, $recorded_at
WHERE NOT EXISTS (SELECT 1 FROM setting AS s WHERE s.name = $name);
