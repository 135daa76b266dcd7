-- Which responses to this questionnaire did files bring into this survey, and what do they say but for choices and texts?
-- row_part is what of an id does not depend on the date.
SELECT right(CAST(response_id AS VARCHAR), 22) AS row_part, version, language, submitted_at, weight, member_id, tier,
       touchpoint, scores, missing
FROM response
WHERE survey = $survey AND questionnaire = $questionnaire AND import_id IS NOT NULL;
