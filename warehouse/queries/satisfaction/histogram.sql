-- How often was each score given to the questions that measure something, in each of these spans of days?
WITH span AS (
    SELECT unnest(CAST($names AS VARCHAR[])) AS span,
           unnest(CAST($starts AS DATE[])) AS starts_on,
           unnest(CAST($ends AS DATE[])) AS ends_on
), edge AS (
    SELECT s.starts_on AS day FROM span AS s
    UNION ALL
    SELECT s.ends_on FROM span AS s
    UNION ALL
    SELECT unnest([CAST($until AS DATE), CAST($start AS DATE), CAST($end AS DATE)])
), cut AS (
    -- Months that an edge parts are counted by day, all others by month.
    SELECT DISTINCT CAST(date_trunc('month', e.day) AS DATE) AS month FROM edge AS e WHERE day(e.day) <> 1
), given AS (
    SELECT a.measures, a.month AS day, a.score, a.in_top_two, a.n, a.tier, a.touchpoint, a.channel, a.language
    FROM measured_month AS a
    WHERE a.survey = $survey AND a.month NOT IN (SELECT c.month FROM cut AS c)
    UNION ALL
    SELECT a.measures, a.day, a.score, a.in_top_two, a.n, a.tier, a.touchpoint, a.channel, a.language
    FROM measured_day AS a
    JOIN cut AS c ON c.month = a.month
    WHERE a.survey = $survey
), daily AS (
    SELECT g.measures, g.day, g.score, sum(g.n) AS n, sum(CASE WHEN g.in_top_two THEN g.n ELSE 0 END) AS top_two
    FROM given AS g
    WHERE g.day < $until
      AND ($tier IS NULL OR g.tier = $tier)
      AND ($touchpoint IS NULL OR g.touchpoint = $touchpoint)
      AND ($channel IS NULL OR g.channel = $channel)
      AND ($language IS NULL OR g.language = $language)
      AND ($start IS NULL OR g.day >= CAST($start AS DATE))
      AND ($end IS NULL OR g.day < CAST($end AS DATE))
    GROUP BY g.measures, g.day, g.score
)
SELECT s.span, d.measures, d.score, sum(d.n) AS n, sum(d.top_two) AS in_top_two
FROM span AS s
JOIN daily AS d ON d.day >= s.starts_on AND d.day < s.ends_on
GROUP BY s.span, d.measures, d.score;
