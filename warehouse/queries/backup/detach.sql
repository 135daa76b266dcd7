-- Closes the file of that name.
DETACH DATABASE IF EXISTS "{name}";
