-- Opens the file that a backup is written to, beside the warehouse.
ATTACH '{path}' AS pactboard_copy;
