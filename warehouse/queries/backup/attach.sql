-- Opens a file of the engine under a name, or makes it.
ATTACH '{path}' AS "{name}";
