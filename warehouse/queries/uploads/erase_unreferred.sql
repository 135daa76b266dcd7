-- Erases files that were given long ago, to which neither a stored response nor a form saved for later refers.
DELETE FROM upload
WHERE recorded_at <= CAST($before AS TIMESTAMP)
  AND (response_id, question, sha256) NOT IN (
      SELECT (f.response_id, f.question, f.sha256) FROM response_file AS f
  )
  AND response_id NOT IN (
      SELECT s.response_id
      FROM saved_form AS s
      WHERE s.expires_at > CAST($now AS TIMESTAMP)
        AND s.response_id NOT IN (SELECT r.response_id FROM response AS r)
  )
