-- Lets go of memory that only checking takes.
SET memory_limit = '64MB';
