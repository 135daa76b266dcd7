-- Closing leaves the write-ahead log as it is, for whoever looks into what went wrong.
PRAGMA disable_checkpoint_on_shutdown;
