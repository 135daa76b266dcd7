-- Gives back the room of how long responses took that have been sealed.
DROP TABLE IF EXISTS fresh_pace;
