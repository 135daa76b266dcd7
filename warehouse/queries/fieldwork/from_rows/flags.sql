-- How many responses of each wave are flagged as too fast or as straight-lined, and what did they score?
-- Fast: in less than $share of the median time of the same version and language, where at least $least have a time.
-- A kiosk's form waits for people, so that it has no time. Straight: the same score for every item of one of these blocks of items, all of them answered. NULL: not judged.
-- A row with measured '' counts the responses, others answers to the first question that measures it,
-- of all waves together: of csat whether they are among the top two, of nps the score. Imports and programs belong to no wave, nor is a form of theirs a case.
WITH block AS (
    SELECT b.version, list(b.places) AS blocks
    FROM (
        SELECT p.version, p.block, list(p.place) AS places
        FROM (
            SELECT unnest(CAST($versions AS INTEGER[])) AS version, unnest(CAST($blocks AS INTEGER[])) AS block,
                   unnest(CAST($places AS INTEGER[])) AS place
        ) AS p
        GROUP BY p.version, p.block
    ) AS b
    GROUP BY b.version
), link AS (
    SELECT i.response_id, max_by(i.wave, i.created_at) AS wave
    FROM invitation AS i
    WHERE i.survey = $survey
    GROUP BY i.response_id
), finished AS (
    SELECT r.response_id, l.wave, r.questionnaire, r.version, r.language, r.scores,
           l.response_id IS NOT NULL OR r.import_id IS NULL AND r.channel NOT IN ('import', 'api', 'anonymous') AS is_case,
           CASE WHEN r.channel <> 'kiosk' THEN epoch_us(r.submitted_at) - epoch_us(r.started_at) END AS elapsed,
           -- Of each block of items that were all answered: how many different scores it has.
           list_transform(
               list_filter(b.blocks, lambda x: len(x) = list_count(list_select(r.scores, x))),
               lambda x: list_unique(list_select(r.scores, x))
           ) AS different
    FROM response AS r
    LEFT JOIN link AS l ON l.response_id = r.response_id
    LEFT JOIN block AS b ON b.version = r.version
    WHERE r.survey = $survey
), usual AS (
    SELECT f.version, f.language, median(f.elapsed) AS elapsed
    FROM finished AS f
    WHERE f.elapsed IS NOT NULL
    GROUP BY f.version, f.language
    HAVING count(*) >= $least
), judged AS (
    SELECT f.response_id, f.wave, f.is_case, f.questionnaire, f.version, f.scores,
           f.elapsed < $share * u.elapsed AS is_fast, list_min(f.different) = 1 AS is_straight
    FROM finished AS f
    LEFT JOIN usual AS u ON u.version = f.version AND u.language = f.language
)
SELECT j.wave, j.is_case, j.is_fast, j.is_straight, '' AS measured, NULL AS given, NULL AS in_top_two, count(*) AS forms
FROM judged AS j
GROUP BY j.wave, j.is_case, j.is_fast, j.is_straight
UNION ALL
SELECT NULL, NULL, j.is_fast, j.is_straight, q.measures, CASE q.measures WHEN 'nps' THEN j.scores[q.score_position] END,
       CASE q.measures WHEN 'csat' THEN j.scores[q.score_position] >= q.scale_max - 1 END, count(*)
FROM judged AS j
JOIN question AS q ON q.questionnaire = j.questionnaire AND q.version = j.version AND q.measures IN ('csat', 'nps')
WHERE j.scores[q.score_position] IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM question AS e
    WHERE e.questionnaire = q.questionnaire AND e.version = q.version
      AND e.measures = q.measures AND e.position < q.position)
GROUP BY ALL;
