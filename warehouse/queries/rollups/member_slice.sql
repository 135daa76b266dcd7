-- Who is in the parts from $first on before $last?
CREATE OR REPLACE TEMP TABLE member_slice AS
SELECT w.member_id, w.is_changed, w.part FROM member_who AS w WHERE w.part >= $first AND w.part < $last;
