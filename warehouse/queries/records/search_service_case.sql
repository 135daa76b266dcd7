-- In which of the latest so many cases does a text stand, a page of them, and in how many?
WITH latest AS (
    SELECT n.place
    FROM service_now AS n
    WHERE $value IS NULL OR n.severity = $value
    ORDER BY n.received_at DESC NULLS LAST, n.record_id DESC
    LIMIT $among
), fit AS MATERIALIZED (
    SELECT l.place, t.received_at, t.record_id
    FROM service_case_record AS t
    JOIN latest AS l ON l.place = t.rowid
    WHERE contains(lower(concat_ws(' ', *COLUMNS(lambda x: list_contains($searched, x)))), lower($text))
), shown AS (
    SELECT f.place, f.received_at, f.record_id
    FROM fit AS f
    ORDER BY f.received_at DESC NULLS LAST, f.record_id DESC
    LIMIT $most OFFSET $skip
)
SELECT t.*, (SELECT count(*) FROM fit) AS fitting
FROM shown AS s
JOIN service_case_record AS t ON t.rowid = s.place
ORDER BY s.received_at DESC NULLS LAST, s.record_id DESC;
