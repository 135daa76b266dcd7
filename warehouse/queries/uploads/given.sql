-- Which files were given for this response and can still be referred to, the latest of a question last?
SELECT u.question, u.sha256, u.name, u.media_type, u.size
FROM upload AS u
WHERE u.response_id = CAST($response_id AS UUID)
  AND (
      u.recorded_at > CAST($since AS TIMESTAMP)
      OR u.response_id IN (
          SELECT s.response_id FROM saved_form AS s WHERE s.expires_at > CAST($now AS TIMESTAMP)
      )
  )
ORDER BY u.recorded_at
