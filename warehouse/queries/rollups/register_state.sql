-- How many rows has everything that files of members follow from? Rows are only added: the same numbers, the same rows.
SELECT (SELECT count(*) FROM member) AS members, (SELECT count(*) FROM member_merge) AS merges;
