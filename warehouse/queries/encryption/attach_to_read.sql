-- Opens a file that is encrypted, for reading.
ATTACH '{path}' AS "{name}" (ENCRYPTION_KEY '{key}', READ_ONLY);
