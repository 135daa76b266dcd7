-- How many answered each question that measures something, in each of these spans of days and with each value of the dimensions filtered?
WITH span AS (
    SELECT unnest(CAST($names AS VARCHAR[])) AS span,
           unnest(CAST($starts AS DATE[])) AS starts_on,
           unnest(CAST($ends AS DATE[])) AS ends_on
), edge AS (
    SELECT s.starts_on AS day FROM span AS s
    UNION ALL
    SELECT s.ends_on FROM span AS s
    UNION ALL
    SELECT CAST($until AS DATE)
), cut AS (
    -- Months that an edge parts are counted by day, all others by month.
    SELECT DISTINCT CAST(date_trunc('month', e.day) AS DATE) AS month FROM edge AS e WHERE day(e.day) <> 1
), given AS (
    SELECT a.measures, a.month AS day, a.n, a.tier, a.touchpoint, a.channel, a.language
    FROM measured_month AS a
    WHERE a.survey = $survey AND a.month NOT IN (SELECT c.month FROM cut AS c)
    UNION ALL
    SELECT a.measures, a.day, a.n, a.tier, a.touchpoint, a.channel, a.language
    FROM measured_day AS a
    JOIN cut AS c ON c.month = a.month
    WHERE a.survey = $survey
), daily AS (
    SELECT g.measures, g.day, sum(g.n) AS n,
           CASE WHEN $tier IS NOT NULL THEN g.tier END AS by_tier,
           CASE WHEN $touchpoint IS NOT NULL THEN g.touchpoint END AS by_touchpoint,
           CASE WHEN $channel IS NOT NULL THEN g.channel END AS by_channel,
           CASE WHEN $language IS NOT NULL THEN g.language END AS by_language
    FROM given AS g
    WHERE g.day < $until
    GROUP BY g.measures, g.day, by_tier, by_touchpoint, by_channel, by_language
)
SELECT d.measures AS measured, coalesce(s.span, '') AS span_name, sum(d.n) AS n, d.by_tier, d.by_touchpoint, d.by_channel,
       d.by_language
FROM daily AS d
LEFT JOIN span AS s ON d.day >= s.starts_on AND d.day < s.ends_on
GROUP BY measured, span_name, d.by_tier, d.by_touchpoint, d.by_channel, d.by_language;
