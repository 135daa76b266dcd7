-- Which versions of this questionnaire are published, the newest first?
SELECT v.version FROM questionnaire_version AS v WHERE v.questionnaire = $questionnaire ORDER BY v.version DESC;
