-- Say which picture a questionnaire means by a name.
INSERT INTO picture_name BY NAME
SELECT
    $questionnaire AS questionnaire,
    $name AS name,
    $sha256 AS sha256,
    CAST($recorded_at AS TIMESTAMP) AS recorded_at
