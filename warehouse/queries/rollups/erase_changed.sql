-- Takes the rows of the members for whom something changed away, to be written anew in the same transaction.
DELETE FROM "{table}" WHERE member_id IN (SELECT w.member_id FROM member_who AS w WHERE w.is_changed);
