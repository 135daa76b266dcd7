-- Which of the rows in arrived_responses say something else than what is stored under their kept_id? Answers are compared
-- by a sum of their hashes, whatever their order; those to questions that were not asked count on neither side.
WITH arrived AS MATERIALIZED (
    SELECT a.row_number, CAST(a.kept_id AS UUID) AS kept_id, a.member_id, a.tier, a.touchpoint, a.language, a.submitted_at,
           a.weight, a.scores, a.missing
    FROM arrived_responses AS a
), kept AS MATERIALIZED (
    SELECT r.response_id, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.language, r.submitted_at,
           r.weight, r.scores, r.missing
    FROM response AS r
    WHERE r.response_id IN (SELECT a.kept_id FROM arrived AS a)
), words AS MATERIALIZED (
    SELECT CAST(w.kept_id AS UUID) AS kept_id, w.question,
           CASE w.kind WHEN 'choices' THEN concat(w.place, ' ', w.said)
                       WHEN 'numbers' THEN CAST(TRY_CAST(w.said AS DECIMAL(18, 6)) AS VARCHAR)
                       ELSE w.said END AS said
    FROM arrived_words AS w
), said AS (
    SELECT s.kept_id, hash(s.question, s.score, s.why) AS code
    FROM (
        SELECT a.kept_id, unnest(CAST($codes AS VARCHAR[])) AS question, unnest(a.scores) AS score, unnest(a.missing) AS why
        FROM arrived AS a
    ) AS s
    WHERE s.why IS DISTINCT FROM 'not_asked'
    UNION ALL
    SELECT w.kept_id, hash(w.question, w.said) FROM words AS w
), kept_said AS (
    SELECT k.response_id, hash(q.question, k.scores[q.score_position], k.missing[q.score_position]) AS code
    FROM kept AS k
    JOIN question AS q ON q.questionnaire = k.questionnaire AND q.version = k.version AND q.score_position IS NOT NULL
    WHERE k.missing[q.score_position] IS DISTINCT FROM 'not_asked'
    UNION ALL
    SELECT c.response_id, hash(c.question, concat(c.place, ' ', c.choice)) FROM response_choice AS c
    WHERE c.response_id IN (SELECT k.response_id FROM kept AS k)
    UNION ALL
    SELECT t.response_id, hash(t.question, t.body) FROM response_text AS t
    WHERE t.response_id IN (SELECT k.response_id FROM kept AS k)
    UNION ALL
    SELECT n.response_id, hash(n.question, CAST(n.number AS VARCHAR)) FROM response_number AS n
    WHERE n.response_id IN (SELECT k.response_id FROM kept AS k)
    UNION ALL
    SELECT d.response_id, hash(d.question, CAST(d.date AS VARCHAR)) FROM response_date AS d
    WHERE d.response_id IN (SELECT k.response_id FROM kept AS k)
), sums AS (
    SELECT s.kept_id, sum(CAST(s.code AS HUGEINT)) AS total FROM said AS s GROUP BY s.kept_id
), kept_sums AS (
    SELECT s.response_id, sum(CAST(s.code AS HUGEINT)) AS total FROM kept_said AS s GROUP BY s.response_id
)
SELECT a.row_number
FROM arrived AS a
JOIN kept AS k ON k.response_id = a.kept_id
LEFT JOIN sums AS n ON n.kept_id = a.kept_id
LEFT JOIN kept_sums AS t ON t.response_id = a.kept_id
WHERE (a.language, a.weight, a.submitted_at) IS DISTINCT FROM (k.language, k.weight, k.submitted_at)
   OR a.member_id IS DISTINCT FROM k.member_id OR a.tier IS DISTINCT FROM k.tier
   OR a.touchpoint IS DISTINCT FROM k.touchpoint OR n.total IS DISTINCT FROM t.total
ORDER BY a.row_number;
