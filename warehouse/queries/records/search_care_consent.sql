-- In which of the latest so many words on consent does a text stand, a page of them, and in how many?
WITH latest AS (
    SELECT n.place
    FROM consent_now AS n
    ORDER BY n.said_on DESC NULLS LAST, n.record_id DESC
    LIMIT $among
), fit AS MATERIALIZED (
    SELECT l.place, t.said_on, t.record_id
    FROM care_consent_record AS t
    JOIN latest AS l ON l.place = t.rowid
    WHERE contains(lower(concat_ws(' ', *COLUMNS(lambda x: list_contains($searched, x)))), lower($text))
), shown AS (
    SELECT f.place, f.said_on, f.record_id
    FROM fit AS f
    ORDER BY f.said_on DESC NULLS LAST, f.record_id DESC
    LIMIT $most OFFSET $skip
)
SELECT t.*, (SELECT count(*) FROM fit) AS fitting
FROM shown AS s
JOIN care_consent_record AS t ON t.rowid = s.place
ORDER BY s.said_on DESC NULLS LAST, s.record_id DESC;
