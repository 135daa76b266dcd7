-- Gives back the room of the scores that have been sealed.
DROP TABLE IF EXISTS fresh_score;
