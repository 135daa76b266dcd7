-- Which tiers, languages and channels do the members of the register have?
WITH person AS (
    SELECT m.member_id, max_by(m.language, ROW(m.recorded_at, m.rowid)) AS spoken,
           max_by(m.channel, ROW(m.recorded_at, m.rowid)) AS joined_by
    FROM member AS m
    GROUP BY m.member_id
)
SELECT DISTINCT 'tier' AS condition, e.tier AS code FROM member_event AS e WHERE e.tier IS NOT NULL
UNION
SELECT 'language', p.spoken FROM person AS p
UNION
SELECT 'channel', p.joined_by FROM person AS p
ORDER BY condition, code;
