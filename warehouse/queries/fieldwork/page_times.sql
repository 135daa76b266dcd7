-- How many seconds were spent on each page, from its being shown to its being sent for the first time?
-- A page counts from the page before on the same sheet; where that is not known, it is left out. The first page of a version is the
-- lowest that was ever sent of it: that one counts from when the sheet was shown. Quartiles lie between the two forms next to them.
WITH first_page AS (
    SELECT k.version, min(k.page) AS page
    FROM (
        SELECT t.version, t.page
        FROM page_time AS t
        WHERE t.survey = $survey AND t.as_first IS NOT FALSE
        GROUP BY t.version, t.page
        HAVING sum(t.n) > 0
    ) AS k
    GROUP BY k.version
), timed AS (
    SELECT t.wave, t.version, t.page, t.tenths, CAST(sum(t.n) AS BIGINT) AS n
    FROM page_time AS t
    JOIN first_page AS f ON f.version = t.version
    WHERE t.survey = $survey AND (t.as_first IS NULL OR t.as_first = (t.page = f.page))
    GROUP BY t.wave, t.version, t.page, t.tenths
    HAVING sum(t.n) <> 0
), placed AS (
    SELECT t.wave, t.version, t.page, t.tenths,
           CAST(sum(t.n) OVER (PARTITION BY t.wave, t.version, t.page ORDER BY t.tenths) AS BIGINT) - t.n AS place,
           CAST(sum(t.n) OVER (PARTITION BY t.wave, t.version, t.page) AS BIGINT) AS forms
    FROM timed AS t
), beside AS (
    -- The forms just before and just after each quartile.
    SELECT p.wave, p.version, p.page, p.forms,
           max(p.tenths) FILTER (p.place <= (p.forms - 1) // 4) AS below_lower,
           max(p.tenths) FILTER (p.place <= (p.forms + 2) // 4) AS above_lower,
           max(p.tenths) FILTER (p.place <= (p.forms - 1) // 2) AS below_middle,
           max(p.tenths) FILTER (p.place <= p.forms // 2) AS above_middle,
           max(p.tenths) FILTER (p.place <= (p.forms - 1) * 3 // 4) AS below_upper,
           max(p.tenths) FILTER (p.place <= (p.forms * 3) // 4) AS above_upper
    FROM placed AS p
    GROUP BY p.wave, p.version, p.page, p.forms
)
SELECT b.wave, b.version, b.page, b.forms,
       (b.below_lower + (b.above_lower - b.below_lower) * ((b.forms - 1) % 4 / 4)) / 10 AS lower_quartile,
       (b.below_middle + (b.above_middle - b.below_middle) * ((b.forms - 1) % 2 / 2)) / 10 AS middle,
       (b.below_upper + (b.above_upper - b.below_upper) * ((b.forms - 1) * 3 % 4 / 4)) / 10 AS upper_quartile
FROM beside AS b
ORDER BY b.wave, b.version DESC, b.page;
