-- Moves everything of a copy into its one file; nobody relies on it yet.
CHECKPOINT "{name}";
