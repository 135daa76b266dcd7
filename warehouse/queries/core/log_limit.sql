-- A commit moves the log into the file only when it is far larger than what quiet moments leave of it.
SET wal_autocheckpoint = '256MB';
