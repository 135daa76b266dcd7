-- Which cases were received from the day $received_from on, or are due from the day before $due_from on or without end?
SELECT t.*
FROM service_now AS n
JOIN service_case_record AS t ON t.rowid = n.place
WHERE n.received_day >= $received_from OR n.resolve_by_at >= CAST($due_from AS DATE) - 1 OR n.respond_by_at >= CAST($due_from AS DATE) - 1
   OR ($due_from IS NOT NULL AND n.resolve_by_at IS NULL);
