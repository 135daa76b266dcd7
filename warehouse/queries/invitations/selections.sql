-- How were members chosen from the register for the waves of this survey, the oldest first?
SELECT s.wave, s.day, s.conditions, s.seed, s.matched, s.selected, s.invited
FROM invitation_selection AS s
WHERE s.survey = $survey
ORDER BY s.recorded_at, s.wave;
