-- What does not fit into memory is encrypted too, with a key that is kept nowhere.
SET temp_file_encryption = true;
