-- How many of the arrived members does the register have already?
SELECT count(DISTINCT m.member_id) AS known
FROM member AS m
WHERE m.member_id IN (SELECT a.member_id FROM arrived_members AS a);
