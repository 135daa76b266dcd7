-- Which of these numbers are members with a file of their own?
SELECT f.member_id FROM member_file AS f WHERE list_contains($members, f.member_id);
