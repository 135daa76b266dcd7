-- What of the table care_wanted is withdrawn: of who no longer agrees to be contacted, or is a
-- member no longer on that day, or not of the class that it is for?
WITH agreeing AS (
    SELECT coalesce(d.kept_id, c.member_id) AS member_id
    FROM consent_now AS c
    LEFT JOIN member_alias AS d ON d.member_id = c.member_id
    GROUP BY coalesce(d.kept_id, c.member_id)
    HAVING max_by(c.agrees, (c.said_on, c.recorded_at, NOT c.agrees))
), gone AS (
    SELECT a.record_id
    FROM care_wanted AS a
    JOIN member_step_of('care_history') AS s ON s.member_id = a.member_id AND s.day <= a.due_on
    GROUP BY a.record_id
    HAVING sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) = 0
)
SELECT t.record_id, t.revision + 1 AS revision, TRUE AS withdrawn, t.plan, t.occasion, t.member_id, t.due_on, t.channel,
       t.given_on, t.note
FROM care_wanted AS t
WHERE t.is_outside OR t.record_id IN (SELECT g.record_id FROM gone AS g)
   OR t.member_id NOT IN (SELECT g.member_id FROM agreeing AS g);
