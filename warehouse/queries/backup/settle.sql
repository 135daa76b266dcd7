-- Moves everything of a backup into its one file; nobody relies on it yet.
CHECKPOINT pactboard_copy;
