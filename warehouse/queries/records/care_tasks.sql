-- What is due and was given, in a lasting order?
SELECT t.* FROM care_task AS t ORDER BY t.due_on, t.occasion, t.member_id;
