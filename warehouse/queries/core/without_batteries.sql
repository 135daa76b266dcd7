-- Of which published versions has nobody said which items are batteries?
SELECT v.definition
FROM questionnaire_version AS v
WHERE NOT EXISTS (
    SELECT 1 FROM battery AS b WHERE b.questionnaire = v.questionnaire AND b.version = v.version);
