-- Opens a file of the engine under a name, for reading.
ATTACH '{path}' AS "{name}" (READ_ONLY);
