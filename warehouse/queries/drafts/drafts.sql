-- Which drafts are there, the last one saved first?
SELECT d.slug, d.source, d.saved_at, d.saved_by
FROM questionnaire_draft AS d
WHERE d.source IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM questionnaire_draft AS l WHERE l.slug = d.slug AND l.saved_at > d.saved_at)
ORDER BY d.saved_at DESC, d.slug;
