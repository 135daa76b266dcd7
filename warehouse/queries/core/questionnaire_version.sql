-- What does this version of this questionnaire say, and with which checksum?
SELECT definition, sha256 FROM questionnaire_version WHERE questionnaire = $questionnaire AND version = $version;
