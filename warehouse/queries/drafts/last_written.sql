-- Which text was last saved as a draft under this name, published or discarded since or not?
SELECT d.source
FROM questionnaire_draft AS d
WHERE d.slug = $slug AND d.source IS NOT NULL
ORDER BY d.saved_at DESC
LIMIT 1;
