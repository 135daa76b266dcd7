-- Which tiers, touchpoints, channels and languages do the responses to this survey have?
SELECT 'tier' AS dimension, r.tier AS stored
FROM response_count AS r WHERE r.survey = $survey AND r.tier IS NOT NULL GROUP BY r.tier
UNION ALL
SELECT 'touchpoint', r.touchpoint
FROM response_count AS r WHERE r.survey = $survey AND r.touchpoint IS NOT NULL GROUP BY r.touchpoint
UNION ALL
SELECT 'channel', r.channel FROM response_count AS r WHERE r.survey = $survey GROUP BY r.channel
UNION ALL
SELECT 'language', r.language FROM response_count AS r WHERE r.survey = $survey GROUP BY r.language;
