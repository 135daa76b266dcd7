-- How many responses of each wave are flagged as too fast or as straight-lined, and what did they score?
-- Fast: in less than $share of the median time of the same version and language, where at least $least have a time. NULL: not judged.
-- A row with measured '' counts the responses, others answers to the first question that measures it, of all waves together: of csat
-- whether they are among the top two, of nps the score. Imports and programs belong to no wave, nor is a form of theirs a case.
-- Whole seconds say in which of them the median lies, and the bound that follows from it: only there it matters to the microsecond.
WITH timed AS (
    SELECT p.version, p.language, p.whole_seconds, CAST(sum(p.n) AS BIGINT) AS n
    FROM pace AS p
    WHERE p.survey = $survey AND p.measured = '' AND p.whole_seconds IS NOT NULL
    GROUP BY p.version, p.language, p.whole_seconds
), running AS (
    SELECT t.version, t.language, t.whole_seconds, t.n,
           sum(t.n) OVER (PARTITION BY t.version, t.language ORDER BY t.whole_seconds) - t.n AS quicker,
           sum(t.n) OVER (PARTITION BY t.version, t.language) AS forms
    FROM timed AS t
), middle_second AS MATERIALIZED (
    -- Where the one in the middle lies, or either of two.
    SELECT r.version, r.language, r.whole_seconds, r.quicker, (r.forms - 1) // 2 AS lower_place, r.forms // 2 AS upper_place
    FROM running AS r
    WHERE r.forms >= $least AND r.quicker <= r.forms // 2 AND r.quicker + r.n > (r.forms - 1) // 2
), near AS MATERIALIZED (
    SELECT m.version, m.language, m.whole_seconds, e.elapsed // 10000 AS hundredth, e.elapsed, e.n
    FROM pace_exact AS e
    JOIN middle_second AS m
        ON m.version = e.version AND m.language = e.language AND m.whole_seconds = e.whole_seconds
    WHERE e.survey = $survey
), hundredth AS (
    -- In which hundredth of that second: putting all of it in order takes longer than everything else.
    SELECT h.version, h.language, h.whole_seconds, h.hundredth, m.lower_place, m.upper_place, h.n,
           m.quicker + sum(h.n) OVER (PARTITION BY h.version, h.language, h.whole_seconds ORDER BY h.hundredth) - h.n AS quicker
    FROM (
        SELECT c.version, c.language, c.whole_seconds, c.hundredth, CAST(sum(c.n) AS BIGINT) AS n
        FROM near AS c
        GROUP BY ALL
    ) AS h
    JOIN middle_second AS m ON m.version = h.version AND m.language = h.language AND m.whole_seconds = h.whole_seconds
), placed AS (
    -- How many took so long or less: the window takes all of the same length together.
    SELECT h.version, h.language, h.lower_place, h.upper_place, c.elapsed,
           h.quicker + sum(c.n) OVER (PARTITION BY h.version, h.language, h.whole_seconds, h.hundredth ORDER BY c.elapsed) AS reached
    FROM near AS c
    JOIN hundredth AS h
        ON h.version = c.version AND h.language = c.language AND h.whole_seconds = c.whole_seconds AND h.hundredth = c.hundredth
    WHERE h.quicker <= h.upper_place AND h.quicker + h.n > h.lower_place
), usual AS (
    SELECT p.version, p.language,
           $share * (min(p.elapsed) FILTER (p.reached > p.lower_place) + min(p.elapsed) FILTER (p.reached > p.upper_place)) / 2
               AS bound
    FROM placed AS p
    GROUP BY p.version, p.language
), parted AS (
    SELECT u.version, u.language, u.bound, CAST(floor(u.bound / 1000000) AS BIGINT) AS whole_seconds FROM usual AS u
), cut_second AS (
    SELECT e.wave, e.is_case, e.elapsed < u.bound AS is_fast, e.is_straight, e.is_satisfied, e.nps, sum(e.n) AS n
    FROM pace_exact AS e
    JOIN parted AS u ON u.version = e.version AND u.language = e.language AND u.whole_seconds = e.whole_seconds
    WHERE e.survey = $survey
    GROUP BY ALL
), judged AS (
    SELECT p.wave, p.is_case, p.whole_seconds < u.whole_seconds AS is_fast, p.is_straight, p.measured, p.score, p.in_top_two,
           sum(p.n) AS n
    FROM pace AS p
    LEFT JOIN parted AS u ON u.version = p.version AND u.language = p.language
    WHERE p.survey = $survey AND (p.whole_seconds = u.whole_seconds) IS NOT TRUE
    GROUP BY ALL
    UNION ALL
    SELECT CASE m.measured WHEN '' THEN e.wave END AS wave_of_forms, CASE m.measured WHEN '' THEN e.is_case END AS is_case_of_forms,
           e.is_fast, e.is_straight, m.measured, CASE m.measured WHEN 'nps' THEN e.nps END AS score,
           CASE m.measured WHEN 'csat' THEN e.is_satisfied END AS in_top_two, sum(e.n)
    FROM cut_second AS e
    CROSS JOIN (VALUES (''), ('csat'), ('nps')) AS m(measured)
    WHERE CASE m.measured WHEN 'csat' THEN e.is_satisfied IS NOT NULL WHEN 'nps' THEN e.nps IS NOT NULL ELSE TRUE END
    GROUP BY ALL
)
SELECT j.wave, j.is_case, j.is_fast, j.is_straight, j.measured, j.score, j.in_top_two, CAST(sum(j.n) AS BIGINT) AS forms
FROM judged AS j
GROUP BY ALL
HAVING sum(j.n) <> 0;
