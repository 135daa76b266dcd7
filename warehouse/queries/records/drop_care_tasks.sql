-- Withdraws what is due from a day on and not given, of who no longer agrees to be contacted, or is a member no longer on
-- that day.
INSERT INTO care_task_record BY NAME
WITH agreeing AS (
    SELECT coalesce(d.kept_id, c.member_id) AS member_id
    FROM care_consent AS c
    LEFT JOIN member_alias AS d ON d.member_id = c.member_id
    GROUP BY coalesce(d.kept_id, c.member_id)
    HAVING max_by(c.agrees, (c.said_on, c.recorded_at, NOT c.agrees))
), ahead AS (
    SELECT t.record_id, t.member_id, t.due_on
    FROM care_task AS t
    WHERE t.due_on >= $day AND t.given_on IS NULL
), gone AS (
    SELECT a.record_id
    FROM ahead AS a
    JOIN member_step AS s ON s.member_id = a.member_id AND s.day <= a.due_on
    GROUP BY a.record_id
    HAVING sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) = 0
)
SELECT t.* REPLACE (t.revision + 1 AS revision, TRUE AS withdrawn, $recorded_at AS recorded_at, 'plan' AS recorded_by)
FROM care_task AS t
JOIN ahead AS a ON a.record_id = t.record_id
WHERE t.record_id IN (SELECT g.record_id FROM gone AS g) OR t.member_id NOT IN (SELECT g.member_id FROM agreeing AS g);
