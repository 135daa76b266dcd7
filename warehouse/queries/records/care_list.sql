-- What is due on a day, with what a greeting needs, so many of it?
WITH mine AS (
    SELECT t.record_id FROM care_task_record AS t WHERE t.due_on = $day
), newest AS (
    SELECT r.record_id, max(r.revision) AS last_revision
    FROM care_task_record AS r
    WHERE r.record_id IN (SELECT m.record_id FROM mine AS m)
    GROUP BY r.record_id
), due AS (
    SELECT t.record_id, t.plan, t.occasion, t.member_id, t.channel, t.given_on
    FROM care_task_record AS t
    JOIN newest AS n ON n.record_id = t.record_id AND n.last_revision = t.revision
    WHERE NOT t.withdrawn AND t.due_on = $day
    ORDER BY t.occasion, t.member_id
    LIMIT $most
), person AS (
    -- The latest file of each; a duplicate has none of its own.
    SELECT m.member_id, max_by(struct_pack(name := m.name, phone := m.phone, email := m.email), ROW(m.recorded_at, m.rowid)) AS said
    FROM member AS m
    WHERE m.member_id IN (SELECT d.member_id FROM due AS d)
      AND NOT EXISTS (SELECT 1 FROM member_alias AS a WHERE a.member_id = m.member_id)
    GROUP BY m.member_id
)
SELECT d.record_id, d.occasion, d.member_id, f.said.name AS name, f.said.phone AS phone, f.said.email AS email, d.channel,
       replace(coalesce(p.greeting, ''), '{name}', coalesce(f.said.name, '')) AS greeting, d.given_on
FROM due AS d
LEFT JOIN care_plan AS p ON p.record_id = d.plan
LEFT JOIN person AS f ON f.member_id = d.member_id
ORDER BY d.occasion, d.member_id;
