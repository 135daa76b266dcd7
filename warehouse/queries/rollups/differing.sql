-- Which rollups say something else than the base rows do?
WITH counted_response AS (
    SELECT c.survey, c.day, c.tier, c.touchpoint, c.channel, c.language, sum(c.n) AS n
    FROM response_count AS c
    GROUP BY ALL
), true_response AS (
    SELECT r.survey, r.day, r.tier, r.touchpoint, r.channel, r.language, count(*) AS n
    FROM response AS r
    GROUP BY ALL
), counted_day AS (
    SELECT c.survey, c.version, c.question, c.month, c.tier, c.score, sum(c.n) AS n FROM score_day AS c GROUP BY ALL
), counted_month AS (
    SELECT c.survey, c.version, c.question, c.month, c.tier, c.score, sum(c.n) AS n FROM score_month AS c GROUP BY ALL
), true_score AS (
    SELECT r.survey, r.version, q.question, r.month, r.tier, r.scores[q.score_position] AS score, count(*) AS n
    FROM response AS r
    JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.score_position IS NOT NULL
    WHERE r.scores[q.score_position] IS NOT NULL
    GROUP BY ALL
), counted_measure AS (
    SELECT c.survey, c.measures, c.month, c.tier, c.score, sum(c.n) AS n FROM measured_month AS c GROUP BY ALL
), counted_daily AS (
    SELECT c.survey, c.measures, c.month, c.tier, c.score, sum(c.n) AS n FROM measured_day AS c GROUP BY ALL
), true_measure AS (
    SELECT r.survey, q.measures, r.month, r.tier, r.scores[q.score_position] AS score, count(*) AS n
    FROM response AS r
    JOIN measured_question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version
    WHERE r.scores[q.score_position] IS NOT NULL
    GROUP BY ALL
), counted_visit AS (
    SELECT v.survey, sum(v.n) AS answers, sum(CASE WHEN v.previous_day IS NULL THEN v.n ELSE 0 END) AS members
    FROM visit AS v
    GROUP BY ALL
), true_visit AS (
    SELECT r.survey, count(*) AS answers, count(DISTINCT r.member_id) AS members
    FROM response AS r
    WHERE r.member_id IS NOT NULL
    GROUP BY ALL
), counted_invited AS (
    SELECT i.survey, i.first_day, sum(i.n) AS invited, sum(CASE WHEN i.answered_on IS NULL THEN 0 ELSE i.n END) AS answered
    FROM invited AS i
    GROUP BY ALL
    HAVING sum(i.n) <> 0
), true_invited AS (
    SELECT c.survey, c.first_day, count(*) AS invited, count(r.response_id) AS answered
    FROM (
        SELECT i.survey, i.response_id, min(coalesce(i.day, CAST(i.created_at AS DATE))) AS first_day
        FROM invitation AS i
        GROUP BY ALL
    ) AS c
    LEFT JOIN response AS r ON r.response_id = c.response_id
    GROUP BY ALL
), counted_case AS (
    SELECT c.survey, c.wave, c.tier, c.stage = 'completed' AS is_completed, c.day, sum(c.n) AS n
    FROM case_count AS c
    WHERE NOT EXISTS (SELECT 1 FROM survey_setting AS s WHERE s.survey = c.survey AND s.name = 'anonymous')
    GROUP BY ALL
    HAVING sum(c.n) <> 0
), true_case AS (
    SELECT c.survey, c.wave, c.tier, c.is_completed, c.day, count(*) AS n
    FROM fieldwork_case AS c
    WHERE NOT EXISTS (SELECT 1 FROM survey_setting AS s WHERE s.survey = c.survey AND s.name = 'anonymous')
    GROUP BY ALL
), counted_pace AS (
    SELECT p.survey, p.measured, p.version, p.language, p.wave, p.is_case, p.is_straight, p.in_top_two, p.score, p.whole_seconds,
           sum(p.n) AS n
    FROM pace AS p
    GROUP BY ALL
    HAVING sum(p.n) <> 0
), counted_exactly AS (
    SELECT e.survey, e.whole_seconds, e.version, e.language, e.elapsed, e.is_straight, e.wave, e.is_case, e.is_satisfied,
           e.nps, sum(e.n) AS n
    FROM pace_exact AS e
    GROUP BY ALL
    HAVING sum(e.n) <> 0
), true_exactly AS (
    SELECT f.survey, CAST(floor(f.elapsed / 1000000) AS BIGINT) AS whole_seconds, f.version, f.language, f.elapsed,
           f.is_straight, l.wave, l.response_id IS NOT NULL OR f.is_form AS is_case, f.is_satisfied, f.nps, count(*) AS n
    FROM response_pace AS f
    LEFT JOIN (
        SELECT i.survey, i.response_id, max_by(i.wave, i.created_at) AS wave
        FROM invitation AS i
        GROUP BY i.survey, i.response_id
    ) AS l ON l.response_id = f.response_id AND l.survey = f.survey
    GROUP BY ALL
), true_pace AS (
    SELECT t.survey, m.measured, t.version, t.language, CASE m.measured WHEN '' THEN t.wave END AS wave_of_forms,
           CASE m.measured WHEN '' THEN t.is_case END AS is_case_of_forms, t.is_straight,
           CASE m.measured WHEN 'csat' THEN t.is_satisfied END AS in_top_two, CASE m.measured WHEN 'nps' THEN t.nps END AS score, t.whole_seconds, sum(t.n) AS n
    FROM true_exactly AS t
    CROSS JOIN (VALUES (''), ('csat'), ('nps')) AS m(measured)
    WHERE CASE m.measured WHEN 'csat' THEN t.is_satisfied IS NOT NULL WHEN 'nps' THEN t.nps IS NOT NULL ELSE TRUE END
    GROUP BY ALL
), counted_page AS (
    SELECT t.survey, t.wave, t.version, t.page, t.as_first, t.tenths, sum(t.n) AS n
    FROM page_time AS t
    GROUP BY ALL
    HAVING sum(t.n) <> 0
), true_page AS (
    SELECT t.survey, l.wave, t.version, t.page, t.as_first, t.tenths, count(*) AS n
    FROM page_time_of('page_left') AS t
    LEFT JOIN (
        SELECT i.survey, i.response_id, max_by(i.wave, i.created_at) AS wave
        FROM invitation AS i
        GROUP BY i.survey, i.response_id
    ) AS l ON l.response_id = t.response_id AND l.survey = t.survey
    GROUP BY ALL
)
SELECT d.rollup
FROM (
    SELECT 'response' AS rollup
    FROM ((FROM counted_response EXCEPT FROM true_response) UNION ALL (FROM true_response EXCEPT FROM counted_response))
    UNION
    SELECT 'score_day' FROM ((FROM counted_day EXCEPT FROM true_score) UNION ALL (FROM true_score EXCEPT FROM counted_day))
    UNION
    SELECT 'score_month'
    FROM ((FROM counted_month EXCEPT FROM true_score) UNION ALL (FROM true_score EXCEPT FROM counted_month))
    UNION
    SELECT 'measured_month'
    FROM ((FROM counted_measure EXCEPT FROM true_measure) UNION ALL (FROM true_measure EXCEPT FROM counted_measure))
    UNION
    SELECT 'measured_day'
    FROM ((FROM counted_daily EXCEPT FROM true_measure) UNION ALL (FROM true_measure EXCEPT FROM counted_daily))
    UNION
    SELECT 'visit' FROM ((FROM counted_visit EXCEPT FROM true_visit) UNION ALL (FROM true_visit EXCEPT FROM counted_visit))
    UNION
    SELECT 'invited'
    FROM ((FROM counted_invited EXCEPT FROM true_invited) UNION ALL (FROM true_invited EXCEPT FROM counted_invited))
    UNION
    SELECT 'case' FROM ((FROM counted_case EXCEPT FROM true_case) UNION ALL (FROM true_case EXCEPT FROM counted_case))
    UNION
    SELECT 'pace' FROM ((FROM counted_pace EXCEPT FROM true_pace) UNION ALL (FROM true_pace EXCEPT FROM counted_pace))
    UNION
    SELECT 'pace_exact'
    FROM ((FROM counted_exactly EXCEPT FROM true_exactly) UNION ALL (FROM true_exactly EXCEPT FROM counted_exactly))
    UNION
    SELECT 'page_time' FROM ((FROM counted_page EXCEPT FROM true_page) UNION ALL (FROM true_page EXCEPT FROM counted_page))
) AS d
ORDER BY d.rollup;
