-- Makes the table care_wanted of what is due from a day on and not given; `care_leaving` tells what of it is withdrawn.
CREATE OR REPLACE TEMP TABLE care_wanted AS
WITH mine AS (
    SELECT t.record_id FROM care_task_record AS t WHERE t.due_on >= $day AND t.given_on IS NULL
), newest AS (
    SELECT r.record_id, max(r.revision) AS last_revision
    FROM care_task_record AS r
    WHERE r.record_id IN (SELECT m.record_id FROM mine AS m)
    GROUP BY r.record_id
)
SELECT t.record_id, t.revision, t.plan, t.occasion, t.member_id, t.due_on, t.channel, t.given_on, t.note
FROM care_task_record AS t
JOIN newest AS n ON n.record_id = t.record_id AND n.last_revision = t.revision
WHERE NOT t.withdrawn AND t.due_on >= $day AND t.given_on IS NULL;
