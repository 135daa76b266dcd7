-- What was last saved as a draft under this name? source is NULL when it was discarded.
SELECT d.source, d.saved_at, d.saved_by FROM questionnaire_draft AS d WHERE d.slug = $slug ORDER BY d.saved_at DESC LIMIT 1;
