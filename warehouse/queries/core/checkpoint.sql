-- Moves everything committed from the write-ahead log into the file.
CHECKPOINT;
