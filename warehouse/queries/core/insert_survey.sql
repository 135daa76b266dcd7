-- Opens a survey.
INSERT INTO survey (survey, questionnaire, title_en, title_zh, is_example, recorded_at)
VALUES ($survey, $questionnaire, $title_en, $title_zh, $is_example, $recorded_at);
