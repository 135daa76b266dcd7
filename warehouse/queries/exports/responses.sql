-- What is to be written of the responses that fit the filters, one row each, after one place up to another? What was said
-- but for scores stands in p, a column a question, and as lists. row_place is the order of the rows: sorting them here took a third.
WITH fitting AS NOT MATERIALIZED (
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
      AND r.ingest_seq > $after AND r.ingest_seq <= $upto
), said AS (
    SELECT c.response_id, c.question, c.place, c.choice AS body FROM response_choice AS c
    JOIN fitting AS f ON f.response_id = c.response_id
    UNION ALL
    SELECT t.response_id, t.question, NULL, t.body FROM response_text AS t
    JOIN fitting AS f ON f.response_id = t.response_id
    UNION ALL
    SELECT n.response_id, n.question, NULL, CAST(n.number AS VARCHAR) FROM response_number AS n
    JOIN fitting AS f ON f.response_id = n.response_id
    UNION ALL
    SELECT d.response_id, d.question, NULL, CAST(d.date AS VARCHAR) FROM response_date AS d
    JOIN fitting AS f ON f.response_id = d.response_id
    UNION ALL
    SELECT u.response_id, u.question, NULL,
           concat_ws('/', u.sha256, CAST(u.size AS VARCHAR), u.media_type, u.name)
    FROM response_file AS u
    JOIN fitting AS f ON f.response_id = u.response_id
), spoken AS (
    SELECT s.response_id, list(s.question ORDER BY s.question, s.place, s.body) AS questions,
           list(s.body ORDER BY s.question, s.place, s.body) AS bodies, "{said}"
    FROM said AS s
    GROUP BY s.response_id
)
SELECT "{cells}", f.ingest_seq AS row_place
FROM fitting AS f
LEFT JOIN spoken AS p ON p.response_id = f.response_id;
