-- Counts the responses that are not sealed yet.
INSERT INTO response_sealed
SELECT t.survey, t.day, t.tier, t.touchpoint, t.channel, t.language, count(*)
FROM response_tail AS t
GROUP BY t.survey, t.day, t.tier, t.touchpoint, t.channel, t.language
ORDER BY ALL;
