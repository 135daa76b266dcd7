-- Keeps a draft, or with NULL for source that it was discarded.
INSERT INTO questionnaire_draft (slug, source, saved_at, saved_by) VALUES ($slug, $source, $saved_at, $saved_by);
