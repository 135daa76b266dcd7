-- Rollups of the register for cohorts, first stays, renewals and what happened when. As in the step member_rollups, each
-- tail has every member touched since the marks as they are now (n = 1) and as they were sealed (n = -1).

-- How many members joined, returned and left on each day, by the day on which they first joined.
CREATE TABLE member_cohort_sealed (
    joined_on DATE NOT NULL,
    day DATE NOT NULL,
    step VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW member_cohort_tail AS
SELECT min(t.day) OVER (PARTITION BY t.n, t.member_id) AS joined_on, t.day, t.step, t.n
FROM member_step_tail AS t;

CREATE VIEW member_cohort AS
SELECT s.joined_on, s.day, s.step, s.n FROM member_cohort_sealed AS s
UNION ALL
SELECT t.joined_on, t.day, t.step, t.n FROM member_cohort_tail AS t;

-- How many members' first stays began and ended (NULL: not yet) on which days.
CREATE TABLE first_stay_sealed (
    joined_on DATE NOT NULL,
    left_on DATE,
    n BIGINT NOT NULL
);

CREATE VIEW first_stay_tail AS
SELECT min(t.day) AS joined_on, min(t.day) FILTER (t.step = 'left') AS left_on, t.n
FROM member_step_tail AS t
GROUP BY t.n, t.member_id;

CREATE VIEW first_stay AS
SELECT s.joined_on, s.left_on, s.n FROM first_stay_sealed AS s
UNION ALL
SELECT t.joined_on, t.left_on, t.n FROM first_stay_tail AS t;

-- How many members bought on each day for the first time in its month, by the month of their first purchase, and whether
-- it was the first time in the quarter.
CREATE TABLE buyer_cohort_sealed (
    cohort DATE NOT NULL,
    day DATE NOT NULL,
    opens_quarter BOOLEAN NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW buyer_cohort_tail AS
SELECT CAST(date_trunc('month', b.first_on) AS DATE) AS cohort, b.day,
       b.previous_day IS NULL OR b.previous_day < date_trunc('quarter', b.day) AS opens_quarter, b.n
FROM (
    SELECT h.day, min(h.day) OVER (PARTITION BY h.n, h.member_id) AS first_on,
           lag(h.day) OVER (PARTITION BY h.n, h.member_id ORDER BY h.day) AS previous_day, h.n
    FROM member_history_tail AS h
    WHERE h.event = 'purchase'
) AS b
WHERE b.previous_day IS NULL OR b.previous_day < date_trunc('month', b.day);

CREATE VIEW buyer_cohort AS
SELECT s.cohort, s.day, s.opens_quarter, s.n FROM buyer_cohort_sealed AS s
UNION ALL
SELECT t.cohort, t.day, t.opens_quarter, t.n FROM buyer_cohort_tail AS t;

-- How many memberships were renewed and lapsed on each day, with the day on which the same member's next one was or did
-- (NULL: none): the last ones of any span are those in it whose next one lies behind it.
CREATE TABLE renewal_sealed (
    day DATE NOT NULL,
    event VARCHAR NOT NULL,
    next_day DATE,
    n BIGINT NOT NULL
);

CREATE VIEW renewal_tail AS
SELECT h.day, h.event, lead(h.day) OVER (PARTITION BY h.n, h.member_id ORDER BY h.happened_at, h.event_key) AS next_day, h.n
FROM member_history_tail AS h
WHERE h.event IN ('renewed', 'lapsed');

CREATE VIEW renewal AS
SELECT s.day, s.event, s.next_day, s.n FROM renewal_sealed AS s
UNION ALL
SELECT t.day, t.event, t.next_day, t.n FROM renewal_tail AS t;

-- How many things of each kind happened to members on each day.
CREATE TABLE happening_sealed (
    day DATE NOT NULL,
    event VARCHAR NOT NULL,
    n BIGINT NOT NULL
);

CREATE VIEW happening AS
SELECT s.day, s.event, s.n FROM happening_sealed AS s
UNION ALL
SELECT t.day, t.event, t.n FROM member_history_tail AS t;

-- What was sealed of the register is sealed anew, together with these: until then all of it is tail.
DELETE FROM member_day_sealed;
DELETE FROM member_stay_sealed;
DELETE FROM purchase_sealed;
DELETE FROM rollup_mark
WHERE source IN ('member_event', 'member_event_replaced', 'member_merge', 'member_day_sealed', 'member_stay_sealed', 'purchase_sealed');
