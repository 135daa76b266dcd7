-- Which rollups of the register say something else than its rows do?
WITH step AS MATERIALIZED (
    SELECT s.member_id, s.day, s.step, min(s.day) OVER (PARTITION BY s.member_id) AS joined_on FROM member_step AS s
), event AS MATERIALIZED (
    SELECT h.member_id, h.day, h.event, h.happened_at, h.recorded_at, h.event_key FROM member_history AS h
), bought AS MATERIALIZED (
    SELECT e.day, row_number() OVER w AS place, lag(e.day) OVER w AS previous_day,
           min(e.day) OVER (PARTITION BY e.member_id) AS first_on
    FROM event AS e
    WHERE e.event = 'purchase'
    WINDOW w AS (PARTITION BY e.member_id ORDER BY e.day)
), change AS (
    SELECT s.member_id, s.day, sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) AS change
    FROM step AS s
    GROUP BY s.member_id, s.day
    HAVING sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) <> 0
), span AS MATERIALIZED (
    SELECT c.member_id, c.change, c.day AS since, lead(c.day) OVER (PARTITION BY c.member_id ORDER BY c.day) AS until
    FROM change AS c
), file AS MATERIALIZED (
    SELECT f.member_id, f.channel, birthday_of(f.birthday) AS born,
           list_filter([CASE WHEN f.name IS NOT NULL THEN 'name' END, CASE WHEN f.phone IS NOT NULL THEN 'phone' END,
                        CASE WHEN f.email IS NOT NULL THEN 'email' END, CASE WHEN f.birthday IS NOT NULL THEN 'birthday' END,
                        CASE WHEN f.gender IS NOT NULL THEN 'gender' END, CASE WHEN f.city IS NOT NULL THEN 'city' END,
                        CASE WHEN is_phone(f.phone) THEN 'phone fits' END, CASE WHEN is_email(f.email) THEN 'email fits' END],
                       lambda fact: fact IS NOT NULL) AS facts
    FROM member_file AS f
), fresh_day AS (
    -- A member's file is fresh before a day when the change before that day is not older: until the next one, or for a year.
    SELECT v.member_id, v.day, least(v.day + 365, lead(v.day) OVER (PARTITION BY v.member_id ORDER BY v.day)) AS until
    FROM (SELECT DISTINCT m.member_id, CAST(m.recorded_at AS DATE) AS day FROM member AS m) AS v
), fresh AS MATERIALIZED (
    SELECT greatest(s.since, f.day) AS since, least(coalesce(s.until, f.until), f.until) AS until
    FROM span AS s
    JOIN fresh_day AS f ON f.member_id = s.member_id
    WHERE s.change > 0 AND greatest(s.since, f.day) < least(coalesce(s.until, f.until), f.until)
), filed AS (
    SELECT 'member' AS fact, c.since AS day, c.change FROM span AS c
    UNION ALL
    SELECT unnest(f.facts), c.since, c.change FROM span AS c JOIN file AS f ON f.member_id = c.member_id
    UNION ALL
    SELECT 'birthday fits', greatest(c.since, f.born), c.change
    FROM span AS c
    JOIN file AS f ON f.member_id = c.member_id
    WHERE f.born IS NOT NULL
    UNION ALL
    SELECT 'fresh', f.since, 1 FROM fresh AS f
    UNION ALL
    SELECT 'fresh', f.until, -1 FROM fresh AS f
), counted AS (
    SELECT 'member_day' AS rollup, [d.step] AS names, [d.day] AS days, d.n FROM member_day AS d
    UNION ALL
    SELECT 'member_cohort', [c.step], [c.joined_on, c.day], c.n FROM member_cohort AS c
    UNION ALL
    SELECT 'first_stay', [], [f.joined_on, f.left_on], f.n FROM first_stay AS f
    UNION ALL
    SELECT 'member_stay', [], [m.since, m.until, m.later_since, m.later_until], m.n FROM member_stay AS m
    UNION ALL
    SELECT 'purchase', [CAST(b.place AS VARCHAR)], [b.day, b.previous_day], b.n FROM purchase AS b
    UNION ALL
    SELECT 'buyer_cohort', [CAST(b.opens_quarter AS VARCHAR)], [b.cohort, b.day], b.n FROM buyer_cohort AS b
    UNION ALL
    SELECT 'renewal', [r.event], [r.day, r.next_day], r.n FROM renewal AS r
    UNION ALL
    SELECT 'happening', [h.event], [h.day], h.n FROM happening AS h
    UNION ALL
    SELECT 'recruit', [r.step, r.channel], [r.joined_on, r.day], r.n FROM recruit AS r
    UNION ALL
    SELECT 'file_day', [f.fact], [f.day], f.n FROM file_day AS f
), found AS (
    SELECT 'member_day' AS rollup, [s.step] AS names, [s.day] AS days FROM step AS s
    UNION ALL
    SELECT 'member_cohort', [s.step], [s.joined_on, s.day] FROM step AS s
    UNION ALL
    SELECT 'first_stay', [], [min(s.day), min(s.day) FILTER (s.step = 'left')] FROM step AS s GROUP BY s.member_id
    UNION ALL
    SELECT 'member_stay', [], [p.since, p.until, q.since, q.until]
    FROM span AS p
    JOIN span AS q ON q.member_id = p.member_id AND q.since >= p.since AND q.change > 0
    WHERE p.change > 0
    UNION ALL
    SELECT 'purchase', [CAST(least(b.place, 3) AS VARCHAR)], [b.day, b.previous_day] FROM bought AS b
    UNION ALL
    SELECT 'buyer_cohort', [CAST(coalesce(b.previous_day < date_trunc('quarter', b.day), TRUE) AS VARCHAR)],
           [CAST(date_trunc('month', b.first_on) AS DATE), b.day]
    FROM bought AS b
    WHERE b.previous_day IS NULL OR b.previous_day < date_trunc('month', b.day)
    UNION ALL
    SELECT 'renewal', [e.event], [e.day, lead(e.day) OVER (
               PARTITION BY e.member_id ORDER BY e.happened_at, e.recorded_at, place_at_instant(e.event), e.event_key)]
    FROM event AS e
    WHERE e.event IN ('renewed', 'lapsed')
    UNION ALL
    SELECT 'happening', [e.event], [e.day] FROM event AS e
    UNION ALL
    SELECT 'recruit', [s.step, f.channel], [s.joined_on, s.day] FROM step AS s JOIN file AS f ON f.member_id = s.member_id
), both_counts AS (
    SELECT c.rollup, c.names, c.days, c.n FROM counted AS c
    UNION ALL
    SELECT f.rollup, f.names, f.days, -1 FROM found AS f
    UNION ALL
    SELECT 'file_day', [f.fact], [f.day], -f.change FROM filed AS f
)
SELECT DISTINCT d.rollup
FROM (
    SELECT b.rollup FROM both_counts AS b GROUP BY b.rollup, b.names, b.days HAVING sum(b.n) <> 0
    UNION ALL
    SELECT 'standing'
    FROM ((FROM standing EXCEPT FROM standing_of('member_history')) UNION ALL (FROM standing_of('member_history') EXCEPT FROM standing))
    UNION ALL
    SELECT 'falling'
    FROM ((FROM falling EXCEPT FROM falling_of('member_history')) UNION ALL (FROM falling_of('member_history') EXCEPT FROM falling))
    UNION ALL
    SELECT 'event_place'
    FROM (SELECT count(*) AS n, bit_xor(hash(p.key, p.place)) AS mark FROM event_place AS p) AS p
    JOIN (SELECT count(*) AS n, bit_xor(hash(place_key(e.member_id), e.rowid)) AS mark FROM member_event AS e) AS e
        ON (p.n, p.mark) IS DISTINCT FROM (e.n, e.mark)
    UNION ALL
    SELECT 'file_place'
    FROM (SELECT count(*) AS n, bit_xor(hash(p.key, p.place)) AS mark FROM file_place AS p) AS p
    JOIN (SELECT count(*) AS n, bit_xor(hash(place_key(f.member_id), f.rowid)) AS mark FROM member AS f) AS f
        ON (p.n, p.mark) IS DISTINCT FROM (f.n, f.mark)
    UNION ALL
    SELECT 'file_word'
    FROM (SELECT count(*) AS n, bit_xor(hash(p.word, p.rest, p.place)) AS mark FROM file_word AS p) AS p
    JOIN (SELECT count(*) AS n, bit_xor(hash(w.word, w.rest, w.place)) AS mark FROM file_words_from(0) AS w) AS w
        ON (p.n, p.mark) IS DISTINCT FROM (w.n, w.mark)
    UNION ALL
    SELECT 'file_mark'
    FROM (SELECT count(*) AS n, bit_xor(hash(p.key, p.member_key, p.place)) AS mark FROM file_mark AS p) AS p
    JOIN (SELECT count(*) AS n, bit_xor(hash(m.key, m.member_key, m.place)) AS mark FROM file_marks_from(0) AS m) AS m
        ON (p.n, p.mark) IS DISTINCT FROM (m.n, m.mark)
) AS d
ORDER BY d.rollup;
