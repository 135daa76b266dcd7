-- How many states of files does the register hold?
SELECT count(*) AS files FROM member;
