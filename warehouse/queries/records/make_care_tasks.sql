-- Adds what is due for plans on days, given as lists of equal length: one row for each member who is one on that day,
-- agrees to be contacted and has none. `kept` holds the birthdays that a day keeps; NULL is for everybody.
INSERT INTO care_task_record
    (record_id, revision, withdrawn, recorded_at, recorded_by, plan, occasion, member_id, due_on, channel)
WITH asked AS (
    SELECT unnest(CAST($plans AS VARCHAR[])) AS plan, unnest(CAST($titles AS VARCHAR[])) AS title,
           unnest(CAST($channels AS VARCHAR[])) AS channel, unnest(CAST($days AS DATE[])) AS day,
           unnest(CAST($birthdays AS VARCHAR[][])) AS kept
), said AS (
    -- What a duplicate said, the member said that it is kept as.
    SELECT coalesce(a.kept_id, c.member_id) AS member_id, c.agrees, c.said_on, c.recorded_at
    FROM care_consent AS c
    LEFT JOIN member_alias AS a ON a.member_id = c.member_id
), person AS (
    SELECT c.member_id, any_value(strftime(TRY_CAST(f.birthday AS DATE), '%m-%d')) AS birthday
    FROM said AS c
    LEFT JOIN member_file AS f ON f.member_id = c.member_id
    GROUP BY c.member_id
), candidate AS (
    SELECT a.plan, a.title, a.channel, a.day, p.member_id,
           'G-' || left(sha256(a.plan || '/' || CAST(a.day AS VARCHAR) || '/' || p.member_id), 20) AS number
    FROM asked AS a
    JOIN person AS p ON a.kept IS NULL OR list_contains(a.kept, p.birthday)
), agreeing AS (
    SELECT c.number
    FROM candidate AS c
    JOIN said AS s ON s.member_id = c.member_id AND s.said_on <= c.day
    GROUP BY c.number
    HAVING max_by(s.agrees, (s.said_on, s.recorded_at, NOT s.agrees))
), inside AS (
    SELECT c.number
    FROM candidate AS c
    JOIN member_step AS s ON s.member_id = c.member_id AND s.day <= c.day
    GROUP BY c.number
    HAVING sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0
)
SELECT d.number, 1, FALSE, $recorded_at, 'plan', d.plan, d.title, d.member_id, d.day, d.channel
FROM candidate AS d
WHERE d.number IN (SELECT a.number FROM agreeing AS a) AND d.number IN (SELECT i.number FROM inside AS i)
  AND NOT EXISTS (SELECT 1 FROM care_task_record AS t WHERE t.record_id = d.number);
