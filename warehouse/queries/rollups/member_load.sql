-- How many events has a customer of the register, about?
SELECT count(*) / greatest(1, approx_count_distinct(e.member_id)) AS events FROM member_event AS e;
