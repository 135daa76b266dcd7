-- What happened to a member at one instant, as on a day of a file without times, has an order: who lapsed and renewed is still
-- a member, and renewed. Before, a renewal came before the lapse, and which of the two counted as the last was left to chance.

CREATE MACRO place_at_instant(event) AS list_position(['joined', 'lapsed', 'renewed', 'left', 'returned'], event);

-- How membership really changed, whatever a register repeats or leaves out: joined, left and returned alternate. Who
-- joins, renews or returns is a member; who leaves or lapses is not.
CREATE OR REPLACE MACRO member_step_until(known) AS TABLE
WITH said AS (
    SELECT h.member_id, h.event, h.happened_at, h.day, h.month, h.event IN ('joined', 'renewed', 'returned') AS inside,
           lag(h.event IN ('joined', 'renewed', 'returned'), 1, FALSE) OVER story AS was_inside,
           max(h.event IN ('joined', 'renewed', 'returned'))
               OVER (story ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS was_ever
    FROM member_history_until(known) AS h
    WHERE h.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')
    WINDOW story AS (PARTITION BY h.member_id
                     ORDER BY h.happened_at, h.recorded_at, place_at_instant(h.event), h.event_key)
)
SELECT s.member_id, CASE WHEN NOT s.inside THEN 'left' WHEN s.was_ever THEN 'returned' ELSE 'joined' END AS step,
       s.event AS cause, s.happened_at, s.day, s.month
FROM said AS s
WHERE s.inside <> s.was_inside;

-- The same of the members touched since the marks.
CREATE OR REPLACE VIEW member_step_tail AS
WITH said AS (
    SELECT h.n, h.member_id, h.day, h.event IN ('joined', 'renewed', 'returned') AS inside,
           lag(h.event IN ('joined', 'renewed', 'returned'), 1, FALSE) OVER story AS was_inside,
           max(h.event IN ('joined', 'renewed', 'returned'))
               OVER (story ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS was_ever
    FROM member_history_tail AS h
    WHERE h.event IN ('joined', 'renewed', 'lapsed', 'left', 'returned')
    WINDOW story AS (PARTITION BY h.n, h.member_id
                     ORDER BY h.happened_at, h.recorded_at, place_at_instant(h.event), h.event_key)
)
SELECT s.n, s.member_id, s.day, CASE WHEN NOT s.inside THEN 'left' WHEN s.was_ever THEN 'returned' ELSE 'joined' END AS step
FROM said AS s
WHERE s.inside <> s.was_inside;

CREATE OR REPLACE VIEW renewal_tail AS
SELECT h.day, h.event, h.n,
       lead(h.day) OVER (PARTITION BY h.n, h.member_id
                         ORDER BY h.happened_at, h.recorded_at, place_at_instant(h.event), h.event_key) AS next_day
FROM member_history_tail AS h
WHERE h.event IN ('renewed', 'lapsed');

-- What was sealed of the register is sealed anew: until then all of it is tail.
DELETE FROM member_day_sealed;
DELETE FROM member_stay_sealed;
DELETE FROM purchase_sealed;
DELETE FROM member_cohort_sealed;
DELETE FROM first_stay_sealed;
DELETE FROM buyer_cohort_sealed;
DELETE FROM renewal_sealed;
DELETE FROM happening_sealed;
DELETE FROM file_day_sealed;
DELETE FROM event_place_sealed;
DELETE FROM file_place_sealed;
DELETE FROM file_word_sealed;
DELETE FROM rollup_mark
WHERE source IN ('member', 'member_event', 'member_event_replaced', 'member_merge', 'member_day_sealed', 'member_stay_sealed',
                 'purchase_sealed', 'member_cohort_sealed', 'first_stay_sealed', 'buyer_cohort_sealed', 'renewal_sealed',
                 'happening_sealed', 'file_day_sealed', 'event_place_sealed', 'file_place_sealed', 'file_word_sealed');
