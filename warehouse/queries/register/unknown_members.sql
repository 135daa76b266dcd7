-- Which of the arrived events are of members that the register does not have?
SELECT DISTINCT a.member_id
FROM arrived_events AS a
WHERE a.member_id NOT IN (SELECT m.member_id FROM member AS m);
