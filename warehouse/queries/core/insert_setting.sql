-- Sets a setting, whose latest row counts: later than all before it, also when the clock has gone back.
INSERT INTO setting (name, value, recorded_at)
SELECT $name, $value, greatest(CAST($recorded_at AS TIMESTAMP), coalesce(max(s.recorded_at) + INTERVAL 1 MICROSECOND, $recorded_at))
FROM setting AS s
WHERE s.name = $name;
