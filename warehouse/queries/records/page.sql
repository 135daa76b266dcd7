-- Which records of a type counted at an instant and fit a search, a page of them, and how many fit in all?
WITH newest AS (
    SELECT r.record_id, max(r.revision) AS last_revision
    FROM query_table($records) AS r
    WHERE r.recorded_at < $until
    GROUP BY r.record_id
), fit AS (
    SELECT t.record_id, t.revision, COLUMNS(lambda x: x = $order) AS place
    FROM query_table($records) AS t
    JOIN newest AS n ON n.record_id = t.record_id AND n.last_revision = t.revision
    WHERE NOT t.withdrawn
      AND ($value IS NULL OR COLUMNS(lambda x: x = $filter) = $value)
      AND ($text = '' OR contains(lower(concat_ws(' ', *COLUMNS(lambda x: list_contains($searched, x)))), lower($text)))
), shown AS (
    SELECT f.record_id, f.revision, f.place
    FROM fit AS f
    ORDER BY f.place DESC NULLS LAST, f.record_id DESC
    LIMIT $most OFFSET $skip
)
SELECT t.*, (SELECT count(*) FROM fit) AS fitting
FROM shown AS s
JOIN query_table($records) AS t ON t.record_id = s.record_id AND t.revision = s.revision
ORDER BY s.place DESC NULLS LAST, s.record_id DESC;
