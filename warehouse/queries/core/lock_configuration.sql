-- Nobody changes a setting any more, and no statement reaches another file.
SET lock_configuration = true;
