-- Is anything to be counted anew for more than $most customers?
SELECT count(*) > $most AS is_more FROM member_asked;
