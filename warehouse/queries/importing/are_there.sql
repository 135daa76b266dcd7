-- Is any of the ids in arrived_responses stored already, but by this import, which stores each row of its file once?
SELECT EXISTS (
    SELECT 1 FROM response AS r
    WHERE r.import_id IS DISTINCT FROM $import_id
      AND r.response_id IN (SELECT CAST(a.response_id AS UUID) FROM arrived_responses AS a)
) AS some_are;
