-- In which of the latest so many greetings and gifts does a text stand, a page of them, and in how many?
WITH latest AS (
    SELECT n.place
    FROM care_now AS n
    WHERE $value IS NULL OR n.channel = $value
    ORDER BY n.due_on DESC NULLS LAST, n.place DESC
    LIMIT $among
), fit AS MATERIALIZED (
    SELECT l.place, t.due_on
    FROM care_task_record AS t
    JOIN latest AS l ON l.place = t.rowid
    WHERE contains(lower(concat_ws(' ', *COLUMNS(lambda x: list_contains($searched, x)))), lower($text))
), shown AS (
    SELECT f.place, f.due_on
    FROM fit AS f
    ORDER BY f.due_on DESC NULLS LAST, f.place DESC
    LIMIT $most OFFSET $skip
)
SELECT t.*, (SELECT count(*) FROM fit) AS fitting
FROM shown AS s
JOIN care_task_record AS t ON t.rowid = s.place
ORDER BY s.due_on DESC NULLS LAST, s.place DESC;
