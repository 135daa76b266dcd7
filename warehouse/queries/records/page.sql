-- Which records of a type counted at an instant and fit a search, a page of them, and how many fit in all?
WITH newest AS (
    SELECT r.record_id, max(r.revision) AS last_revision
    FROM query_table($records) AS r
    WHERE r.recorded_at < $until
    GROUP BY r.record_id
), counted AS (
    SELECT t.*
    FROM query_table($records) AS t
    JOIN newest AS n ON n.record_id = t.record_id AND n.last_revision = t.revision
    WHERE NOT t.withdrawn
)
SELECT c.*, count(*) OVER () AS fitting
FROM counted AS c
WHERE ($value IS NULL OR COLUMNS(lambda x: x = $filter) = $value)
  AND contains(lower(concat_ws(' ', *COLUMNS(lambda x: list_contains($searched, x)))), lower($text))
ORDER BY COLUMNS(lambda x: x = $order) DESC NULLS LAST, c.record_id DESC
LIMIT $most OFFSET $skip;
