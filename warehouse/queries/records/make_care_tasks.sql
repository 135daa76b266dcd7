-- Adds what is due for a plan on a day: one row for each member of that day who agrees to be contacted and has none.
INSERT INTO care_task_record
    (record_id, revision, withdrawn, recorded_at, recorded_by, plan, occasion, member_id, due_on, channel)
WITH agreeing AS (
    SELECT c.member_id
    FROM care_consent AS c
    WHERE c.said_on <= $day
    GROUP BY c.member_id
    HAVING max_by(c.agrees, (c.said_on, c.recorded_at))
), members AS (
    SELECT s.member_id
    FROM member_step AS s
    WHERE s.day <= $day
    GROUP BY s.member_id
    HAVING max_by(s.step, s.happened_at) <> 'left'
), due AS (
    SELECT m.member_id, 'G-' || left(sha256($plan || '/' || CAST($day AS VARCHAR) || '/' || m.member_id), 20) AS number
    FROM members AS m
    JOIN agreeing AS a ON a.member_id = m.member_id
    WHERE $birthdays IS NULL OR EXISTS (
        SELECT 1
        FROM member_file AS f
        WHERE f.member_id = m.member_id AND list_contains($birthdays, strftime(TRY_CAST(f.birthday AS DATE), '%m-%d')))
)
SELECT d.number, 1, FALSE, $recorded_at, 'plan', $plan, $title, d.member_id, $day, $channel
FROM due AS d
WHERE NOT EXISTS (SELECT 1 FROM care_task_record AS t WHERE t.record_id = d.number);
