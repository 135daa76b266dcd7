-- Publishes a version of a questionnaire.
INSERT INTO questionnaire_version (questionnaire, version, definition, sha256, recorded_at)
VALUES ($questionnaire, $version, $definition, $sha256, $recorded_at);
