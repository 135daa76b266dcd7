-- How many members were invited to each wave of this survey, and how do they stand?
SELECT s.wave, count(*) AS invited, count(*) FILTER (s.is_answered) AS answered,
       count(*) FILTER (NOT s.is_answered AND NOT s.is_revoked AND s.expires_at > $now) AS waiting,
       count(*) FILTER (NOT s.is_answered AND NOT s.is_revoked AND s.expires_at <= $now) AS expired,
       count(*) FILTER (NOT s.is_answered AND s.is_revoked) AS revoked
FROM invitation_state AS s
WHERE s.survey = $survey AND s.is_latest
GROUP BY s.wave
ORDER BY min(s.created_at), s.wave;
