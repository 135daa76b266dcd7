-- Withdraws what is due from a day on and not given, of members who no longer agree to be contacted.
INSERT INTO care_task_record BY NAME
WITH agreeing AS (
    SELECT c.member_id
    FROM care_consent AS c
    GROUP BY c.member_id
    HAVING max_by(c.agrees, (c.said_on, c.recorded_at))
)
SELECT t.* REPLACE (t.revision + 1 AS revision, TRUE AS withdrawn, $recorded_at AS recorded_at, 'plan' AS recorded_by)
FROM care_task AS t
WHERE t.due_on >= $day AND t.given_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM agreeing AS a WHERE a.member_id = t.member_id);
