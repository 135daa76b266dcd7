-- When were the members of each wave of this survey invited, and until when could they answer?
SELECT i.wave, min(i.created_at) AS first_invited, max(i.expires_at) AS last_expires
FROM invitation AS i
WHERE i.survey = $survey
GROUP BY i.wave
ORDER BY min(i.created_at), i.wave;
