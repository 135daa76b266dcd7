-- Which choices (with their place), texts, numbers and dates belong to the responses that files brought into this survey?
SELECT right(CAST(r.response_id AS VARCHAR), 22) AS row_part, c.question, concat(c.place, ' ', c.choice) AS said FROM response AS r
JOIN response_choice AS c ON c.response_id = r.response_id
WHERE r.survey = $survey AND r.import_id IS NOT NULL
UNION ALL
SELECT right(CAST(r.response_id AS VARCHAR), 22), t.question, t.body FROM response AS r
JOIN response_text AS t ON t.response_id = r.response_id
WHERE r.survey = $survey AND r.import_id IS NOT NULL
UNION ALL
SELECT right(CAST(r.response_id AS VARCHAR), 22), n.question, CAST(n.number AS VARCHAR) FROM response AS r
JOIN response_number AS n ON n.response_id = r.response_id
WHERE r.survey = $survey AND r.import_id IS NOT NULL
UNION ALL
SELECT right(CAST(r.response_id AS VARCHAR), 22), d.question, CAST(d.date AS VARCHAR) FROM response AS r
JOIN response_date AS d ON d.response_id = r.response_id
WHERE r.survey = $survey AND r.import_id IS NOT NULL;
