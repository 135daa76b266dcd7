-- Opens a file that is encrypted, or makes it, for reading and writing.
ATTACH '{path}' AS "{name}" (ENCRYPTION_KEY '{key}');
