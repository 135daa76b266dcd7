-- On which days of a span is care due, for how many, and for how many was it given?
WITH mine AS (
    SELECT t.record_id FROM care_task_record AS t WHERE t.due_on >= $first AND t.due_on <= $last
), newest AS (
    SELECT r.record_id, max(r.revision) AS last_revision
    FROM care_task_record AS r
    WHERE r.record_id IN (SELECT m.record_id FROM mine AS m)
    GROUP BY r.record_id
)
SELECT t.due_on, t.occasion, count(*) AS due, count(t.given_on) AS given
FROM care_task_record AS t
JOIN newest AS n ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn AND t.due_on >= $first AND t.due_on <= $last
GROUP BY t.due_on, t.occasion
ORDER BY t.due_on, t.occasion;
