-- Closing does not move the log into the file by itself.
PRAGMA disable_checkpoint_on_shutdown;
