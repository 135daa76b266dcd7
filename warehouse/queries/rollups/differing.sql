-- Which rollups say something else than the base rows do?
WITH counted_response AS (
    SELECT c.survey, c.day, c.tier, c.touchpoint, c.channel, c.language, sum(c.n) AS n
    FROM response_count AS c
    GROUP BY ALL
), true_response AS (
    SELECT r.survey, r.day, r.tier, r.touchpoint, r.channel, r.language, count(*) AS n
    FROM response AS r
    GROUP BY ALL
), scored AS (
    -- Sums of weights depend on the order in which they are added, so they are compared with room for that.
    SELECT r.survey, r.questionnaire, r.version, q.question, r.month, r.day, r.tier, r.touchpoint, r.channel, r.language,
           r.scores[q.score_position] AS score, count(*) AS n, sum(r.weight) AS weights, sum(r.weight * r.weight) AS squares
    FROM response AS r
    JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version AND q.score_position IS NOT NULL
    WHERE r.scores[q.score_position] IS NOT NULL
    GROUP BY ALL
), both_scores AS (
    SELECT 'score_day' AS rollup, c.survey, c.questionnaire, c.version, c.question, c.month, c.day, c.tier, c.touchpoint, c.channel,
           c.language, c.score, c.n, c.weights, c.squares
    FROM score_day AS c
    UNION ALL
    SELECT 'score_day', t.survey, t.questionnaire, t.version, t.question, t.month, t.day, t.tier, t.touchpoint, t.channel, t.language,
           t.score, -t.n, -t.weights, -t.squares
    FROM scored AS t
    UNION ALL
    SELECT 'score_month', c.survey, c.questionnaire, c.version, c.question, c.month, NULL, c.tier, c.touchpoint, c.channel, c.language,
           c.score, c.n, c.weights, c.squares
    FROM score_month AS c
    UNION ALL
    SELECT 'score_month', t.survey, t.questionnaire, t.version, t.question, t.month, NULL, t.tier, t.touchpoint, t.channel, t.language,
           t.score, -t.n, -t.weights, -t.squares
    FROM scored AS t
), other_score AS (
    SELECT b.rollup
    FROM both_scores AS b
    GROUP BY b.rollup, b.survey, b.questionnaire, b.version, b.question, b.month, b.day, b.tier, b.touchpoint, b.channel, b.language,
             b.score
    HAVING sum(b.n) <> 0 OR abs(sum(b.weights)) > 1e-6 * sum(abs(b.weights)) OR abs(sum(b.squares)) > 1e-6 * sum(abs(b.squares))
), measured AS (
    SELECT t.survey, q.measures, t.month, t.day, t.tier, t.touchpoint, t.channel, t.language, t.score,
           t.score >= q.scale_max - 1 AS in_top_two, t.n
    FROM scored AS t
    JOIN measured_question AS q ON q.questionnaire = t.questionnaire AND q.version = t.version AND q.question = t.question
), both_measures AS (
    SELECT 'measured_day' AS rollup, c.survey, c.measures, c.month, c.day, c.tier, c.touchpoint, c.channel, c.language, c.score,
           c.in_top_two, c.n
    FROM measured_day AS c
    UNION ALL
    SELECT 'measured_day', t.survey, t.measures, t.month, t.day, t.tier, t.touchpoint, t.channel, t.language, t.score, t.in_top_two, -t.n
    FROM measured AS t
    UNION ALL
    SELECT 'measured_month', c.survey, c.measures, c.month, NULL, c.tier, c.touchpoint, c.channel, c.language, c.score, c.in_top_two, c.n
    FROM measured_month AS c
    UNION ALL
    SELECT 'measured_month', t.survey, t.measures, t.month, NULL, t.tier, t.touchpoint, t.channel, t.language, t.score, t.in_top_two, -t.n
    FROM measured AS t
), other_measure AS (
    SELECT b.rollup
    FROM both_measures AS b
    GROUP BY b.rollup, b.survey, b.measures, b.month, b.day, b.tier, b.touchpoint, b.channel, b.language, b.score, b.in_top_two
    HAVING sum(b.n) <> 0
), visitor AS (
    SELECT r.survey, r.member_id, min(r.day) AS first_on, max(r.day) AS last_on
    FROM response AS r
    WHERE r.member_id IS NOT NULL
    GROUP BY r.survey, r.member_id
), both_visits AS (
    -- Each answer but a member's first follows one on the day of each answer but the last: no answers need be put in order.
    SELECT v.survey, 'on' AS what, v.day, v.n FROM visit AS v
    UNION ALL
    SELECT v.survey, 'after', v.previous_day, v.n FROM visit AS v WHERE v.previous_day IS NOT NULL
    UNION ALL
    SELECT v.survey, 'first', v.day, v.n FROM visit AS v WHERE v.previous_day IS NULL
    UNION ALL
    SELECT r.survey, s.what, r.day, -count(*)
    FROM response AS r
    CROSS JOIN (VALUES ('on'), ('after')) AS s(what)
    WHERE r.member_id IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT w.survey, 'after', w.last_on, count(*) FROM visitor AS w GROUP BY ALL
    UNION ALL
    SELECT w.survey, 'first', w.first_on, -count(*) FROM visitor AS w GROUP BY ALL
), counted_invited AS (
    SELECT i.survey, i.first_day, i.tier, i.answered_on, sum(i.n) AS n
    FROM invited AS i
    GROUP BY ALL
    HAVING sum(i.n) <> 0
), true_invited AS (
    SELECT c.survey, c.first_day, c.tier, r.day AS answered_on, count(*) AS n
    FROM (
        SELECT i.survey, i.response_id, min(coalesce(i.day, CAST(i.created_at AS DATE))) AS first_day, max(i.tier) AS tier
        FROM invitation AS i
        GROUP BY i.survey, i.response_id
    ) AS c
    LEFT JOIN response AS r ON r.response_id = c.response_id
    GROUP BY ALL
), counted_case AS (
    SELECT c.survey, c.wave, c.tier, c.touchpoint, c.stage, c.version, c.furthest, c.is_revoked, c.expires_at, c.day, sum(c.n) AS n
    FROM case_count AS c
    WHERE NOT EXISTS (SELECT 1 FROM survey_setting AS s WHERE s.survey = c.survey AND s.name = 'anonymous')
    GROUP BY ALL
    HAVING sum(c.n) <> 0
), staged_case AS (
    SELECT c.survey, c.wave, c.tier, c.touchpoint, c.version, c.furthest, c.is_revoked, c.expires_at, c.day,
           CASE
               WHEN c.is_completed THEN 'completed'
               WHEN c.started_at IS NOT NULL THEN 'started'
               WHEN c.opened_at IS NOT NULL THEN 'opened'
               WHEN c.is_bounced THEN 'bounced'
               WHEN c.is_revoked THEN 'withdrawn'
               ELSE 'silent'
           END AS stage
    FROM fieldwork_case AS c
    WHERE NOT EXISTS (SELECT 1 FROM survey_setting AS s WHERE s.survey = c.survey AND s.name = 'anonymous')
), true_case AS (
    SELECT c.survey, c.wave, c.tier, c.touchpoint, c.stage, CASE c.stage WHEN 'started' THEN c.version END AS started_version,
           CASE c.stage WHEN 'started' THEN c.furthest END AS started_furthest,
           CASE WHEN c.stage <> 'completed' THEN c.is_revoked END AS was_revoked,
           CASE WHEN c.stage <> 'completed' THEN c.expires_at END AS expired_at, c.day, count(*) AS n
    FROM staged_case AS c
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
    SELECT o.rollup FROM other_score AS o
    UNION
    SELECT o.rollup FROM other_measure AS o
    UNION
    SELECT 'visit' FROM (SELECT 1 AS one FROM both_visits AS b GROUP BY b.survey, b.what, b.day HAVING sum(b.n) <> 0)
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
