-- How many members were invited to each wave of this survey, and how do they stand?
SELECT s.wave, s.invited, s.answered, s.waiting, s.expired, s.revoked
FROM (
    SELECT c.wave, CAST(sum(c.n) AS BIGINT) AS invited,
           CAST(coalesce(sum(c.n) FILTER (c.stage = 'completed'), 0) AS BIGINT) AS answered,
           CAST(coalesce(sum(c.n) FILTER (NOT c.is_revoked AND c.expires_at > $now), 0) AS BIGINT) AS waiting,
           CAST(coalesce(sum(c.n) FILTER (NOT c.is_revoked AND c.expires_at <= $now), 0) AS BIGINT) AS expired,
           CAST(coalesce(sum(c.n) FILTER (c.is_revoked), 0) AS BIGINT) AS revoked
    FROM case_count AS c
    WHERE c.survey = $survey AND c.wave IS NOT NULL
    GROUP BY c.wave
    HAVING sum(c.n) <> 0
) AS s
JOIN (
    SELECT i.wave, min(i.created_at) AS first_invited FROM invitation AS i WHERE i.survey = $survey GROUP BY i.wave
) AS w ON w.wave = s.wave
ORDER BY w.first_invited, s.wave;
