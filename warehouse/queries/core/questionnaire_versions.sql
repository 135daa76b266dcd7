-- Which versions of this questionnaire are published, the oldest first?
SELECT v.definition FROM questionnaire_version AS v WHERE v.questionnaire = $questionnaire ORDER BY v.version;
