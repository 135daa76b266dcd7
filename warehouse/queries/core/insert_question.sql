-- Says what kind of question, or item of one, stands at which place of a published version.
INSERT INTO question (
    questionnaire, version, question, position, score_position, type, measures, scale_min, scale_max
)
VALUES (
    $questionnaire, $version, $question, $position, $score_position, $type, $measures, $scale_min, $scale_max
);
