-- How many seconds were spent on each page, from its being shown to its being sent for the first time?
-- A page counts from the page before on the same sheet; where that is not known, it is left out. Of a form
-- that was filled in twice, in two tabs, each page counts once: as it was sent first. Times are kept as page_tenths says.
WITH gone AS (
    SELECT e.response_id, e.version, e.page, e.shown_at, min(e.happened_at) AS left_at
    FROM fieldwork_event AS e
    WHERE e.survey = $survey AND e.event = 'page'
    GROUP BY e.response_id, e.version, e.page, e.shown_at
), first_page AS (
    SELECT g.version, min(g.page) AS page FROM gone AS g GROUP BY g.version
), ordered AS (
    SELECT g.response_id, g.version, g.page, g.shown_at, g.left_at,
           lag(g.left_at) OVER (PARTITION BY g.response_id, g.shown_at ORDER BY g.left_at, g.page, g.version) AS turned_at
    FROM gone AS g
), timed AS (
    SELECT o.response_id, o.version, o.page, o.shown_at, o.left_at,
           page_tenths(CASE
               WHEN o.turned_at IS NOT NULL THEN o.turned_at
               WHEN o.page = f.page THEN o.shown_at
           END, o.left_at) AS tenths
    FROM ordered AS o
    JOIN first_page AS f ON f.version = o.version
), sent_first AS (
    SELECT t.response_id, t.version, t.page, arg_min(t.tenths, row(t.left_at, t.shown_at)) AS tenths
    FROM timed AS t
    WHERE t.tenths IS NOT NULL
    GROUP BY t.response_id, t.version, t.page
), link AS (
    SELECT i.response_id, max_by(i.wave, i.created_at) AS wave
    FROM invitation AS i
    WHERE i.survey = $survey
    GROUP BY i.response_id
)
SELECT l.wave, t.version, t.page, count(*) AS forms, quantile_cont(t.tenths, 0.25) / 10 AS lower_quartile,
       quantile_cont(t.tenths, 0.5) / 10 AS middle, quantile_cont(t.tenths, 0.75) / 10 AS upper_quartile
FROM sent_first AS t
LEFT JOIN link AS l ON l.response_id = t.response_id
GROUP BY l.wave, t.version, t.page
ORDER BY l.wave, t.version DESC, t.page;
