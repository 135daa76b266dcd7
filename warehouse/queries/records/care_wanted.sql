-- Makes the table of what is due for plans on days, given as lists of equal length, and was never made, or was withdrawn
-- by the plan alone: one row for each person who agrees to be contacted. `kept` holds the birthdays that a day keeps, as month and day, or the days of birth; NULL is
-- for everybody. `care_outside` marks who is not of the class that a plan is for.
CREATE OR REPLACE TEMP TABLE care_wanted AS
WITH asked AS (
    SELECT unnest(CAST($plans AS VARCHAR[])) AS plan, unnest(CAST($titles AS VARCHAR[])) AS title,
           unnest(CAST($channels AS VARCHAR[])) AS channel, unnest(CAST($days AS DATE[])) AS day,
           unnest(CAST($birthdays AS VARCHAR[][])) AS kept, unnest(CAST($tiers AS VARCHAR[])) AS tier
), said AS (
    -- What a duplicate said, the member said that it is kept as.
    SELECT coalesce(a.kept_id, c.member_id) AS member_id, c.agrees, c.said_on, c.recorded_at
    FROM consent_now AS c
    LEFT JOIN member_alias AS a ON a.member_id = c.member_id
), person AS MATERIALIZED (
    SELECT c.member_id, any_value(strftime(TRY_CAST(f.birthday AS DATE), '%Y-%m-%d')) AS born
    FROM said AS c
    LEFT JOIN member_file AS f ON f.member_id = c.member_id
    GROUP BY c.member_id
), kept AS (
    SELECT a.plan, a.day, unnest(a.kept) AS birthday FROM asked AS a
), greeted AS (
    SELECT a.plan, a.day, p.member_id FROM asked AS a CROSS JOIN person AS p WHERE a.kept IS NULL
    UNION ALL
    SELECT k.plan, k.day, p.member_id FROM kept AS k JOIN person AS p ON right(p.born, 5) = k.birthday
    UNION ALL
    SELECT k.plan, k.day, p.member_id FROM kept AS k JOIN person AS p ON p.born = k.birthday
), candidate AS (
    SELECT g.plan, g.day, g.member_id,
           'G-' || left(sha256(g.plan || '/' || CAST(g.day AS VARCHAR) || '/' || g.member_id), 20) AS number
    FROM greeted AS g
), taken_out AS (
    SELECT t.record_id, max(t.revision) AS revision, max_by(t.note, t.revision) AS note
    FROM care_task_record AS t
    WHERE t.withdrawn AND t.recorded_by = 'plan'
    GROUP BY t.record_id
), standing AS (
    SELECT t.record_id
    FROM care_task_record AS t
    LEFT JOIN taken_out AS o ON o.record_id = t.record_id
    WHERE o.record_id IS NULL OR t.revision > o.revision
), fresh AS (
    SELECT c.plan, c.day, c.member_id, c.number
    FROM candidate AS c
    WHERE NOT EXISTS (SELECT 1 FROM standing AS t WHERE t.record_id = c.number)
), agreed AS (
    SELECT f.number, any_value(f.plan) AS plan, any_value(f.day) AS day, any_value(f.member_id) AS member_id
    FROM fresh AS f
    JOIN said AS s ON s.member_id = f.member_id AND s.said_on <= f.day
    GROUP BY f.number
    HAVING max_by(s.agrees, (s.said_on, s.recorded_at, NOT s.agrees))
)
SELECT g.number, coalesce(o.revision, 0) + 1 AS revision, o.note, g.plan, a.title, a.channel, a.tier, g.day AS due_on, g.member_id,
       FALSE AS is_outside
FROM agreed AS g
JOIN asked AS a ON a.plan = g.plan AND a.day = g.day
LEFT JOIN taken_out AS o ON o.record_id = g.number;
