-- Which changes of records with a reason were asked for or made, the latest first, and what was said to them: of one
-- type or record, of records whose day lies in a span, or only those still waiting? NULL narrows nothing.
SELECT a.change_id, a.type, a.record_id, a.withdraws, a.day, a.reason, a.fields, a.recorded_at, a.recorded_by,
       CASE WHEN s.step IS NOT NULL THEN s.step ELSE a.step END AS state, s.recorded_at AS answered_at,
       s.recorded_by AS answered_by, s.reason AS comment, CASE WHEN s.made IS NOT NULL THEN s.made ELSE a.made END AS revision
FROM record_change AS a
LEFT JOIN record_change AS s ON s.change_id = a.change_id AND s.step NOT IN ('asked', 'made')
WHERE a.step IN ('asked', 'made')
  AND ($type IS NULL OR a.type = $type) AND ($record_id IS NULL OR a.record_id = $record_id)
  AND ($change_id IS NULL OR a.change_id = $change_id)
  AND ($first IS NULL OR a.day >= $first) AND ($end IS NULL OR a.day < $end)
  AND (NOT $waiting OR (a.step = 'asked' AND s.step IS NULL))
ORDER BY a.recorded_at DESC, a.change_id
LIMIT $most;
