-- What is due on a day, with what a greeting needs, so many of it?
WITH shown AS (
    SELECT n.place, n.occasion, n.member_id
    FROM care_now AS n
    WHERE n.due_on = $day
    ORDER BY n.occasion, n.member_id, n.place
    LIMIT $most
), due AS (
    SELECT t.record_id, t.plan, t.occasion, t.member_id, t.channel, t.given_on
    FROM shown AS s
    JOIN care_task_record AS t ON t.rowid = s.place
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
