-- How many responses of each wave are flagged as too fast or as straight-lined, and what did they score?
-- Fast: in less than $share of the median time of the same version and language, where at least $least have a time.
-- A kiosk's form waits for people, so that it has no time. Straight: the same score for every item of one of these blocks of items, all of them answered. NULL: not judged.
-- A row with measured '' counts the responses, others the scores of the first question that measures it. Imports and
-- programs belong to no wave, nor is a form of theirs a case.
WITH block AS (
    SELECT unnest(CAST($versions AS INTEGER[])) AS version, unnest(CAST($blocks AS INTEGER[])) AS block,
           unnest(CAST($places AS INTEGER[])) AS place
), finished AS (
    SELECT r.response_id, c.wave, c.response_id IS NOT NULL AS is_case, r.questionnaire, r.version, r.language, r.scores,
           CASE WHEN r.channel <> 'kiosk' THEN epoch(r.submitted_at) - epoch(r.started_at) END AS seconds
    FROM response AS r
    LEFT JOIN fieldwork_case AS c ON c.survey = r.survey AND c.response_id = r.response_id
    WHERE r.survey = $survey
), usual AS (
    SELECT f.version, f.language, median(f.seconds) AS seconds
    FROM finished AS f
    WHERE f.seconds IS NOT NULL
    GROUP BY f.version, f.language
    HAVING count(*) >= $least
), lined AS (
    SELECT g.response_id, max(CASE WHEN g.different = 1 THEN 1 ELSE 0 END) = 1 AS is_straight
    FROM (
        SELECT f.response_id, b.block, count(*) AS asked, count(f.scores[b.place]) AS given,
               count(DISTINCT f.scores[b.place]) AS different
        FROM finished AS f
        JOIN block AS b ON b.version = f.version
        GROUP BY f.response_id, b.block
    ) AS g
    WHERE g.asked = g.given
    GROUP BY g.response_id
), judged AS (
    SELECT f.response_id, f.wave, f.is_case, f.questionnaire, f.version, f.scores,
           f.seconds < $share * u.seconds AS is_fast, l.is_straight
    FROM finished AS f
    LEFT JOIN usual AS u ON u.version = f.version AND u.language = f.language
    LEFT JOIN lined AS l ON l.response_id = f.response_id
)
SELECT j.wave, j.is_case, j.is_fast, j.is_straight, '' AS measured, NULL AS given, FALSE AS in_top_two, count(*) AS forms
FROM judged AS j
GROUP BY j.wave, j.is_case, j.is_fast, j.is_straight
UNION ALL
SELECT j.wave, j.is_case, j.is_fast, j.is_straight, q.measures, j.scores[q.score_position],
       j.scores[q.score_position] >= q.scale_max - 1, count(*)
FROM judged AS j
JOIN question AS q ON q.questionnaire = j.questionnaire AND q.version = j.version AND q.measures IN ('csat', 'nps')
WHERE j.scores[q.score_position] IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM question AS e
    WHERE e.questionnaire = q.questionnaire AND e.version = q.version
      AND e.measures = q.measures AND e.position < q.position)
GROUP BY ALL;
