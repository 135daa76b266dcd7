-- How did their membership really change?
CREATE OR REPLACE TEMP TABLE member_step_fresh AS
SELECT s.n, s.member_id, s.day, s.step FROM member_step_of('member_history_fresh') AS s;
