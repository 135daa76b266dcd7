-- Keeps how the members of an invitation were chosen from the register.
INSERT INTO invitation_selection (survey, wave, conditions, seed, matched, selected, invited, day, recorded_at)
VALUES ($survey, $wave, $conditions, $seed, $matched, $selected, $invited, $day, $recorded_at);
