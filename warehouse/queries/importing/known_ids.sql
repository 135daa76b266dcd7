-- Which responses to this questionnaire did earlier imports bring into this survey? row_part is what of an id does not
-- depend on the date.
SELECT right(CAST(r.response_id AS VARCHAR), 22) AS row_part, CAST(r.response_id AS BLOB) AS response_id FROM response AS r
WHERE r.survey = $survey AND r.questionnaire = $questionnaire AND r.import_id <> $import_id;
