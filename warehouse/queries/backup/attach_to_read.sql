-- Opens the file that a backup was written to, to see what is in it.
ATTACH '{path}' AS pactboard_copy (READ_ONLY);
