-- Who of the customers there before the local day $until is likely to go, and why? Also whose renewal lapsed lately.
-- falling: bought less than half as often in the last 90 days as in the 90 before (two or more). silent: bought twice or
-- more, and nothing for 180 days. low_score: the last answer of 180 days was a detractor's or in the lower two grades.
-- complaint: a complaint or crisis is open.
WITH there AS (
    SELECT t.member_id, t.tier FROM member_tier_on(CAST($until AS DATE), $contract, $known) AS t
), last_said AS (
    SELECT h.member_id, max_by(h.event, h.happened_at) AS event, max(h.day) AS day
    FROM member_history AS h
    WHERE h.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned') AND h.day < $until
    GROUP BY h.member_id
), bought AS (
    SELECT h.member_id, count(*) AS deals, sum(h.amount) AS spent, max(h.day) AS last_day,
           count(CASE WHEN h.day >= CAST($until AS DATE) - 90 THEN 1 END) AS lately,
           count(CASE WHEN h.day < CAST($until AS DATE) - 90 AND h.day >= CAST($until AS DATE) - 180 THEN 1 END) AS before
    FROM member_history AS h
    WHERE h.event = 'purchase' AND h.day < $until
    GROUP BY h.member_id
), scored AS (
    SELECT coalesce(a.kept_id, r.member_id) AS member_id, r.submitted_at,
           bool_or((q.measures = 'nps' AND r.scores[q.score_position] <= 6)
                   OR (q.measures = 'csat' AND r.scores[q.score_position] <= q.scale_min + 1)) AS is_low
    FROM response AS r
    JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version
        AND q.measures IN ('nps', 'csat') AND r.scores[q.score_position] IS NOT NULL
    LEFT JOIN member_alias AS a ON a.member_id = r.member_id
    WHERE r.member_id IS NOT NULL AND r.day < $until AND r.day >= CAST($until AS DATE) - 180
    GROUP BY ALL
), last_score AS (
    SELECT s.member_id, max_by(s.is_low, s.submitted_at) AS is_low FROM scored AS s GROUP BY s.member_id
), complained AS (
    SELECT DISTINCT coalesce(a.kept_id, c.member_id) AS member_id
    FROM service_case AS c
    LEFT JOIN member_alias AS a ON a.member_id = c.member_id
    WHERE c.category IN ('complaint', 'crisis') AND c.member_id IS NOT NULL AND c.received_day < $until
      AND (c.resolved_at IS NULL OR (c.reopened_at IS NOT NULL AND c.resolved_again_at IS NULL))
), judged AS (
    SELECT coalesce(t.member_id, l.member_id) AS member_id, t.tier, b.deals, b.spent, b.last_day,
           list_filter([
               CASE WHEN l.event = 'lapsed' AND l.day >= CAST($until AS DATE) - 180 THEN 'lapsed' END,
               CASE WHEN c.member_id IS NOT NULL THEN 'complaint' END,
               CASE WHEN s.is_low THEN 'low_score' END,
               CASE WHEN b.before >= 2 AND 2 * b.lately < b.before THEN 'falling' END,
               CASE WHEN b.deals >= 2 AND b.last_day < CAST($until AS DATE) - 180 THEN 'silent' END
           ], lambda reason: reason IS NOT NULL) AS reasons
    FROM there AS t
    FULL JOIN (SELECT * FROM last_said WHERE event = 'lapsed') AS l ON l.member_id = t.member_id
    LEFT JOIN bought AS b ON b.member_id = coalesce(t.member_id, l.member_id)
    LEFT JOIN last_score AS s ON s.member_id = t.member_id
    LEFT JOIN complained AS c ON c.member_id = t.member_id
)
SELECT j.member_id, j.tier, f.channel, coalesce(j.deals, 0) AS deals, coalesce(j.spent, 0) AS spent, j.last_day, j.reasons
FROM judged AS j
LEFT JOIN member_file AS f ON f.member_id = j.member_id
WHERE len(j.reasons) > 0
ORDER BY len(j.reasons) DESC, coalesce(j.spent, 0) DESC, j.member_id;
