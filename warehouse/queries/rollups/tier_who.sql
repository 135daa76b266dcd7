-- Whose classes are to be worked out, and in which part of so many customers each?
CREATE OR REPLACE TEMP TABLE tier_who AS
SELECT w.member_id, w.is_changed, CAST(hash(w.member_id) % (1 + (SELECT count(*) FROM tier_who_tail) // $most) AS BIGINT) AS part
FROM tier_who_tail AS w;
