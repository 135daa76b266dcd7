-- Closes the file of a backup, with everything of it in the one file.
DETACH DATABASE IF EXISTS pactboard_copy;
