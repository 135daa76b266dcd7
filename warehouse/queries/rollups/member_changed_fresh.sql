-- Who of them was changed?
CREATE OR REPLACE TEMP VIEW member_changed_fresh AS
SELECT s.member_id FROM member_slice AS s WHERE s.is_changed;
