-- What was ever said of this survey's life - events, dates, limits - in the order in which it was said?
SELECT 'event' AS kind, e.event AS event, CAST(NULL AS TIMESTAMP) AS opens_at, CAST(NULL AS TIMESTAMP) AS closes_at,
       CAST(NULL AS INTEGER) AS most, CAST(NULL AS VARCHAR) AS quotas, e.recorded_at AS said_at
FROM survey_event AS e
WHERE e.survey = $survey
UNION ALL
SELECT 'dates', NULL, d.opens_at, d.closes_at, NULL, NULL, d.recorded_at
FROM survey_dates AS d
WHERE d.survey = $survey
UNION ALL
SELECT 'limits', NULL, NULL, NULL, l.most, l.quotas, l.recorded_at
FROM survey_limits AS l
WHERE l.survey = $survey
ORDER BY said_at;
