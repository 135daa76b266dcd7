-- Whatever the machine's zone: an instant is UTC.
SET TimeZone = 'UTC';
