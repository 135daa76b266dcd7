-- Which responses fit the filters, one row each, with scores by position and everything else by question as a
-- text, several choices in their order?
WITH fitting AS (
    SELECT r.response_id, r.ingest_seq, r.questionnaire, r.version, r.member_id, r.tier, r.touchpoint, r.channel,
           r.language, r.started_at, r.submitted_at, r.day, r.weight, r.scores, r.missing
    FROM response AS r
    WHERE r.survey = $survey
      AND ($tier IS NULL OR r.tier = $tier)
      AND ($touchpoint IS NULL OR r.touchpoint = $touchpoint)
      AND ($channel IS NULL OR r.channel = $channel)
      AND ($language IS NULL OR r.language = $language)
      AND ($start IS NULL OR r.day >= $start)
      AND ($end IS NULL OR r.day < $end)
), said AS (
    SELECT c.response_id, c.question, c.place, c.choice AS body FROM response_choice AS c
    UNION ALL
    SELECT t.response_id, t.question, NULL, t.body FROM response_text AS t
    UNION ALL
    SELECT n.response_id, n.question, NULL, CAST(n.number AS VARCHAR) FROM response_number AS n
    UNION ALL
    SELECT d.response_id, d.question, NULL, CAST(d.date AS VARCHAR) FROM response_date AS d
    UNION ALL
    SELECT f.response_id, f.question, NULL,
           concat_ws('/', f.sha256, CAST(f.size AS VARCHAR), f.media_type, f.name)
    FROM response_file AS f
), spoken AS (
    SELECT s.response_id, list(s.question ORDER BY s.question, s.place, s.body) AS questions,
           list(s.body ORDER BY s.question, s.place, s.body) AS bodies
    FROM said AS s
    JOIN fitting AS f ON f.response_id = s.response_id
    GROUP BY s.response_id
)
SELECT f.response_id, f.questionnaire, f.version, f.member_id, f.tier, f.touchpoint, f.channel, f.language,
       f.started_at, f.submitted_at, f.day, f.weight, f.scores, f.missing, p.questions, p.bodies
FROM fitting AS f
LEFT JOIN spoken AS p ON p.response_id = f.response_id
ORDER BY f.ingest_seq;
