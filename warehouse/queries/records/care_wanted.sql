-- Makes the table of what is due for plans on days, given as lists of equal length, and was never made: one row for each
-- person who agrees to be contacted. `kept` holds the birthdays that a day keeps, as month and day, or the days of birth; NULL is
-- for everybody.
CREATE OR REPLACE TEMP TABLE care_wanted AS
WITH asked AS (
    SELECT unnest(CAST($plans AS VARCHAR[])) AS plan, unnest(CAST($titles AS VARCHAR[])) AS title,
           unnest(CAST($channels AS VARCHAR[])) AS channel, unnest(CAST($days AS DATE[])) AS day,
           unnest(CAST($birthdays AS VARCHAR[][])) AS kept
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
    SELECT a.plan, a.title, a.channel, a.day, unnest(a.kept) AS birthday FROM asked AS a
), greeted AS (
    SELECT a.plan, a.title, a.channel, a.day, p.member_id FROM asked AS a CROSS JOIN person AS p WHERE a.kept IS NULL
    UNION ALL
    SELECT k.plan, k.title, k.channel, k.day, p.member_id FROM kept AS k JOIN person AS p ON right(p.born, 5) = k.birthday
    UNION ALL
    SELECT k.plan, k.title, k.channel, k.day, p.member_id FROM kept AS k JOIN person AS p ON p.born = k.birthday
), candidate AS (
    SELECT g.plan, g.title, g.channel, g.day, g.member_id,
           'G-' || left(sha256(g.plan || '/' || CAST(g.day AS VARCHAR) || '/' || g.member_id), 20) AS number
    FROM greeted AS g
), fresh AS (
    SELECT c.plan, c.title, c.channel, c.day, c.member_id, c.number
    FROM candidate AS c
    WHERE NOT EXISTS (SELECT 1 FROM care_task_record AS t WHERE t.record_id = c.number)
)
SELECT f.number, any_value(f.plan) AS plan, any_value(f.title) AS title, any_value(f.channel) AS channel, any_value(f.day) AS day,
       any_value(f.member_id) AS member_id
FROM fresh AS f
JOIN said AS s ON s.member_id = f.member_id AND s.said_on <= f.day
GROUP BY f.number
HAVING max_by(s.agrees, (s.said_on, s.recorded_at, NOT s.agrees));
